// The yardstick for frames: written to one macvtap and read from a second one, with nothing between them and the kernel.
// frames stream SIZE VNET NODE_FROM NODE_TO CPU_FROM CPU_TO SECONDS : one thread writes, another reads
//   prints: label seconds received sent
// frames turns SIZE VNET NODE_FROM NODE_TO CPU_FROM CPU_TO TURNS : one thread writes 256 frames, then reads them, and so on
//   prints: label seconds-of-processor-time-per-frame (the median turn)
//   SIZE: bytes of a frame; VNET: 1 = a vnet header before each, and TCP frames that the reader takes undivided; CPU: the processor of a thread, or -1
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <net/if.h>
#include <linux/if_tun.h>
#include <linux/virtio_net.h>

// Long frames are copied a good deal faster from and to such addresses.
#define ALIGNED __attribute__((aligned(64)))

enum { BURST = 256, LONGEST = 70000 };

static int from, to, length, cpu_from, cpu_to, turns;
static double seconds, *turn;
static unsigned char frame[LONGEST] ALIGNED;
static atomic_int written_all;
static long sent, received;

static double clocked(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static double now(void)
{
    return clocked(CLOCK_MONOTONIC);
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void bind_to(int cpu)
{
    if (cpu < 0) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(cpu, &set);
    if (sched_setaffinity(0, sizeof set, &set) < 0) fail("sched_setaffinity");
}

static int open_tap(const char *node, int vnet)
{
    int file = open(node, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) fail(node);
    struct ifreq request = { .ifr_flags = (short)(IFF_TAP | IFF_NO_PI | (vnet ? IFF_VNET_HDR : 0)) };
    if (ioctl(file, TUNSETIFF, &request) < 0) fail("TUNSETIFF");
    int buffer = 0x7fffffff;
    if (ioctl(file, TUNSETSNDBUF, &buffer) < 0) fail("TUNSETSNDBUF");
    if (vnet && ioctl(file, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4) < 0) fail("TUNSETOFFLOAD");
    return file;
}

static void address_of(int file, unsigned char *address)
{
    struct ifreq request = { 0 };
    if (ioctl(file, SIOCGIFHWADDR, &request) < 0) fail("SIOCGIFHWADDR");
    memcpy(address, request.ifr_hwaddr.sa_data, 6);
}

static void put16(unsigned char *place, unsigned value)
{
    place[0] = value >> 8;
    place[1] = value & 255;
}

// Ethernet, IPv4 from 10.0.0.2 to 10.0.0.1, TCP; the vnet header says where to divide.
static void make_tcp(unsigned char *start, int size)
{
    struct virtio_net_hdr *header = (void *)frame;
    header->flags = VIRTIO_NET_HDR_F_NEEDS_CSUM;
    header->gso_type = VIRTIO_NET_HDR_GSO_TCPV4;
    header->hdr_len = 54;
    header->gso_size = 1448;
    header->csum_start = 34;
    header->csum_offset = 16;
    put16(start + 12, 0x0800);
    unsigned char *ip = start + 14;
    static const unsigned char addresses[] = { 10, 0, 0, 2, 10, 0, 0, 1 };
    ip[0] = 0x45;
    put16(ip + 2, size - 14);
    ip[8] = 64;
    ip[9] = 6;
    memcpy(ip + 12, addresses, sizeof addresses);
    unsigned sum = 0;
    for (int i = 0; i < 20; i += 2) sum += ip[i] << 8 | ip[i + 1];
    while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
    put16(ip + 10, ~sum & 0xffff);
    ip[32] = 0x50;
    ip[33] = 0x10;
}

static void *write_frames(void *unused)
{
    struct pollfd ready = { .fd = from, .events = POLLOUT };
    bind_to(cpu_from);
    for (double end = now() + seconds; now() < end;) {
        for (int i = 0; i < BURST; i++) {
            if (write(from, frame, length) == length) sent++;
            else if (errno == EAGAIN) poll(&ready, 1, 1);
            else fail("write");
        }
    }
    atomic_store(&written_all, 1);
    return unused;
}

static void *read_frames(void *unused)
{
    static unsigned char buffer[LONGEST] ALIGNED;
    struct pollfd ready = { .fd = to, .events = POLLIN };
    bind_to(cpu_to);
    for (;;) {
        ssize_t got = read(to, buffer, sizeof buffer);
        if (got == length) received++;
        else if (got < 0 && errno != EAGAIN) fail("read");
        else if (got < 0 && poll(&ready, 1, 25) == 0 && atomic_load(&written_all)) return unused;
    }
}

static int by_size(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

// On a thread of its own, as the others are: with more than one, the C library's read and write do more.
static void *take_turns(void *unused)
{
    static unsigned char buffer[LONGEST] ALIGNED;
    bind_to(cpu_from);
    for (int i = 0; i < turns; i++) {
        while (read(to, buffer, sizeof buffer) > 0) {}
        double began = clocked(CLOCK_THREAD_CPUTIME_ID);
        for (int j = 0; j < BURST; j++) if (write(from, frame, length) != length) fail("write");
        for (int j = 0; j < BURST; j++) if (read(to, buffer, sizeof buffer) < 0) fail("read");
        turn[i] = (clocked(CLOCK_THREAD_CPUTIME_ID) - began) / BURST;
    }
    qsort(turn, turns, sizeof *turn, by_size);
    return unused;
}

static void stream(void)
{
    pthread_t writer, reader;
    double began = now();
    pthread_create(&reader, NULL, read_frames, NULL);
    pthread_create(&writer, NULL, write_frames, NULL);
    pthread_join(writer, NULL);
    double ended = now();
    pthread_join(reader, NULL);
    printf("stream %.4f %ld %ld\n", ended - began, received, sent);
}

int main(int count, char **arguments)
{
    if (count < 9) return 2;
    int size = atoi(arguments[2]), vnet = atoi(arguments[3]);
    from = open_tap(arguments[4], vnet);
    to = open_tap(arguments[5], vnet);
    cpu_from = atoi(arguments[6]);
    cpu_to = atoi(arguments[7]);
    unsigned char *start = frame + (vnet ? sizeof(struct virtio_net_hdr) : 0);
    length = size + (int)(start - frame);
    address_of(to, start);
    address_of(from, start + 6);
    put16(start + 12, 0x88b5);
    if (vnet) make_tcp(start, size);
    if (!strcmp(arguments[1], "stream")) {
        seconds = atof(arguments[8]);
        stream();
        return 0;
    }
    turns = atoi(arguments[8]);
    turn = calloc(turns, sizeof *turn);
    pthread_t alone;
    pthread_create(&alone, NULL, take_turns, NULL);
    pthread_join(alone, NULL);
    printf("turns %.10f\n", turn[turns / 2]);
    return 0;
}
