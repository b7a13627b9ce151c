// The yardstick: rtnetlink with nothing between the program and the kernel. Run it inside a network namespace that has the lower device.
// nlbench create N KIND MODE LOWER PERMSG UP ACK [BASE]
//   PERMSG: requests per send; UP: 0 no, 1 IFF_UP in the create request, 2 as a request of its own, 3 create down, address generation none, up (three requests);
//   ACK: 1 = every request is acknowledged, 0 = only the last one of a send
// nlbench delete N PERMSG ACK [BASE]   : by name
// nlbench delgroup GROUP               : one RTM_DELLINK with IFLA_GROUP
// nlbench setgroup N GROUP PERMSG      : puts the links into a group
// nlbench setmode N KIND MODENUM PERMSG, nlbench down N PERMSG, nlbench hairpin N 0|1 PERMSG (bridge ports p000000 and on)
// nlbench dump BUFSIZE EXTMASK KIND|-  : RTM_GETLINK dump; counts, and looks only for the kind
// prints: label seconds count
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <unistd.h>
#include <time.h>
#include <sys/socket.h>
#include <net/if.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/if_link.h>
static double now(void){struct timespec t;clock_gettime(CLOCK_MONOTONIC,&t);return t.tv_sec+t.tv_nsec*1e-9;}
static int nl; static char*buf; static size_t cap=1<<20,len; static unsigned seq=1; static char rb[1<<20];
static struct nlmsghdr*cur;
static void*put(int type,const void*d,int l){ struct rtattr*a=(void*)(buf+len); a->rta_type=type; a->rta_len=RTA_LENGTH(l); if(l)memcpy(RTA_DATA(a),d,l); len+=RTA_SPACE(l); return a; }
static void nend(struct rtattr*a){ a->rta_len=(buf+len)-(char*)a; }
static struct ifinfomsg*begin(int type,int flags){ len=NLMSG_ALIGN(len); cur=(void*)(buf+len); memset(cur,0,NLMSG_SPACE(sizeof(struct ifinfomsg))); cur->nlmsg_type=type; cur->nlmsg_flags=NLM_F_REQUEST|flags; cur->nlmsg_seq=seq++; len+=NLMSG_SPACE(sizeof(struct ifinfomsg)); return NLMSG_DATA(cur); }
static void fin(void){ cur->nlmsg_len=(buf+len)-(char*)cur; }
static int errs;
// send buffer, wait until `acks` acks came
static void flush(int acks){ struct sockaddr_nl sa={.nl_family=AF_NETLINK}; if(sendto(nl,buf,len,0,(void*)&sa,sizeof sa)<0){perror("sendto");exit(1);} len=0;
  while(acks>0){ int n=recv(nl,rb,sizeof rb,0); if(n<0){ if(errno==ENOBUFS){fprintf(stderr,"ENOBUFS\n"); exit(1);} perror("recv");exit(1);} for(struct nlmsghdr*h=(void*)rb;NLMSG_OK(h,(unsigned)n);h=NLMSG_NEXT(h,n)) if(h->nlmsg_type==NLMSG_ERROR){ struct nlmsgerr*e=NLMSG_DATA(h); if(e->error){ if(!errs++)fprintf(stderr,"err %s\n",strerror(-e->error)); if(!(e->msg.nlmsg_flags&NLM_F_ACK))continue; } acks--; } } }
int main(int c,char**v){
  nl=socket(AF_NETLINK,SOCK_RAW|SOCK_CLOEXEC,NETLINK_ROUTE); struct sockaddr_nl sa={.nl_family=AF_NETLINK}; bind(nl,(void*)&sa,sizeof sa);
  int one=1; setsockopt(nl,SOL_NETLINK,NETLINK_EXT_ACK,&one,sizeof one); setsockopt(nl,SOL_NETLINK,NETLINK_CAP_ACK,&one,sizeof one); int z=8<<20; setsockopt(nl,SOL_SOCKET,SO_RCVBUFFORCE,&z,sizeof z); setsockopt(nl,SOL_SOCKET,SO_SNDBUFFORCE,&z,sizeof z);
  buf=malloc(cap);
  if(!strcmp(v[1],"create")){
    int N=atoi(v[2]); const char*kind=v[3]; unsigned mode=!strcmp(v[4],"private")?1:!strcmp(v[4],"vepa")?2:!strcmp(v[4],"bridge")?4:!strcmp(v[4],"passthru")?8:16; unsigned low=if_nametoindex(v[5]); int per=atoi(v[6]),up=atoi(v[7]),ack=atoi(v[8]),base=c>9?atoi(v[9]):0; char nm[16];
    double t=now(); int inb=0,acks=0;
    for(int i=0;i<N;i++){ snprintf(nm,16,"m%06d",base+i);
      int steps=up==3?3:up==2?2:1; for(int step=0;step<steps;step++){
        int last=(inb==per-1)||(i==N-1&&step==steps-1);
        struct ifinfomsg*m=begin(RTM_NEWLINK,(step?0:NLM_F_CREATE|NLM_F_EXCL)|((ack||last)?NLM_F_ACK:0));
        if(up==1||(step&&step==steps-1)){m->ifi_flags=IFF_UP;m->ifi_change=IFF_UP;}
        put(IFLA_IFNAME,nm,strlen(nm)+1);
        if(up==3&&step==1){ struct rtattr*as=put(IFLA_AF_SPEC,0,0); struct rtattr*a6=put(AF_INET6,0,0); unsigned char none=1; put(IFLA_INET6_ADDR_GEN_MODE,&none,1); nend(a6); nend(as);}
        if(!step){ put(IFLA_LINK,&low,4); struct rtattr*li=put(IFLA_LINKINFO,0,0); put(IFLA_INFO_KIND,kind,strlen(kind)); struct rtattr*d=put(IFLA_INFO_DATA,0,0); put(IFLA_MACVLAN_MODE,&mode,4); nend(d); nend(li);}        
        fin(); inb++; if(ack||last)acks++;
        if(last){ flush(acks); inb=0; acks=0; } } }
    printf("create_%s_per%s_up%d_ack%d %.4f %d errs=%d\n",kind,v[6],up,ack,now()-t,N,errs);
  } else if(!strcmp(v[1],"delete")||!strcmp(v[1],"setgroup")){
    int sg=v[1][0]=='s'; int N=atoi(v[2]); unsigned grp=sg?atoi(v[3]):0; int per=atoi(v[sg?4:3]),ack=sg?0:atoi(v[4]),base=(!sg&&c>5)?atoi(v[5]):0; char nm[16]; double t=now(); int inb=0,acks=0;
    for(int i=0;i<N;i++){ snprintf(nm,16,"m%06d",base+i); int last=inb==per-1||i==N-1; begin(sg?RTM_NEWLINK:RTM_DELLINK,(ack||last)?NLM_F_ACK:0); put(IFLA_IFNAME,nm,strlen(nm)+1); if(sg)put(IFLA_GROUP,&grp,4); fin(); inb++; if(ack||last)acks++; if(last){flush(acks);inb=acks=0;} }
    printf("%s_per%d_ack%d %.4f %d errs=%d\n",v[1],per,ack,now()-t,N,errs);
  } else if(!strcmp(v[1],"setmode")||!strcmp(v[1],"down")){
    int sm=v[1][0]=='s'; int N=atoi(v[2]); unsigned mode=sm?atoi(v[4]):0; int per=atoi(v[sm?5:3]); char nm[16]; double t=now(); int inb=0;
    for(int i=0;i<N;i++){ snprintf(nm,16,"m%06d",i); int last=inb==per-1||i==N-1; struct ifinfomsg*m=begin(RTM_NEWLINK,last?NLM_F_ACK:0); if(!sm)m->ifi_change=IFF_UP; put(IFLA_IFNAME,nm,strlen(nm)+1); if(sm){struct rtattr*li=put(IFLA_LINKINFO,0,0); put(IFLA_INFO_KIND,v[3],strlen(v[3])); struct rtattr*d=put(IFLA_INFO_DATA,0,0); put(IFLA_MACVLAN_MODE,&mode,4); nend(d); nend(li);} fin(); inb++; if(last){flush(1);inb=0;} }
    printf("%s_per%d %.4f %d errs=%d\n",v[1],per,now()-t,N,errs);
  } else if(!strcmp(v[1],"hairpin")){
    int N=atoi(v[2]); unsigned char on=atoi(v[3]); int per=atoi(v[4]); char nm[16]; double t=now(); int inb=0; unsigned*ix=calloc(N,4); for(int i=0;i<N;i++){snprintf(nm,16,"p%06d",i);ix[i]=if_nametoindex(nm);} double t1=now();
    for(int i=0;i<N;i++){ int last=inb==per-1||i==N-1; struct ifinfomsg*m=begin(RTM_SETLINK,last?NLM_F_ACK:0); m->ifi_family=AF_BRIDGE; m->ifi_index=ix[i]; struct rtattr*pi=put(IFLA_PROTINFO|NLA_F_NESTED,0,0); put(IFLA_BRPORT_MODE,&on,1); nend(pi); fin(); inb++; if(last){flush(1);inb=0;} }
    printf("hairpin_per%d %.4f (+ names %.4f) %d errs=%d\n",per,now()-t1,t1-t,N,errs);
  } else if(!strcmp(v[1],"delgroup")){ unsigned grp=atoi(v[2]); double t=now(); begin(RTM_DELLINK,NLM_F_ACK); put(IFLA_GROUP,&grp,4); fin(); flush(1); printf("delgroup %.4f 0 errs=%d\n",now()-t,errs);
  } else if(!strcmp(v[1],"dump")){ size_t bs=atoi(v[2]); unsigned ext=strtoul(v[3],0,0); const char*kind=v[4]; char*b=malloc(bs); double t=now(); begin(RTM_GETLINK,NLM_F_DUMP); put(IFLA_EXT_MASK,&ext,4); if(strcmp(kind,"-")){ struct rtattr*li=put(IFLA_LINKINFO,0,0); put(IFLA_INFO_KIND,kind,strlen(kind)+1); nend(li);} fin();
    sendto(nl,buf,len,0,(void*)&sa,sizeof sa); int done=0,cnt=0,calls=0,mv=0; size_t bytes=0; while(!done){ int n=recv(nl,b,bs,MSG_TRUNC); if(n<0||(size_t)n>bs){perror("recv/trunc");return 1;} calls++; bytes+=n; for(struct nlmsghdr*h=(void*)b;NLMSG_OK(h,(unsigned)n);h=NLMSG_NEXT(h,n)){ if(h->nlmsg_type==NLMSG_DONE||h->nlmsg_type==NLMSG_ERROR){done=1;break;} cnt++; struct ifinfomsg*m=NLMSG_DATA(h); int al=IFLA_PAYLOAD(h); for(struct rtattr*a=IFLA_RTA(m);RTA_OK(a,al);a=RTA_NEXT(a,al)) if(a->rta_type==IFLA_LINKINFO){ int l2=RTA_PAYLOAD(a); for(struct rtattr*q=RTA_DATA(a);RTA_OK(q,l2);q=RTA_NEXT(q,l2)) if(q->rta_type==IFLA_INFO_KIND&&!strncmp(RTA_DATA(q),"macv",4)) mv++; } } }
    printf("dump_buf%zu_ext%x_%s %.5f %d macv=%d recvs=%d bytes=%zu\n",bs,ext,kind,now()-t,cnt,mv,calls,bytes);
  }
  return errs?2:0; }
