#!/bin/sh
# Runs an Open vSwitch of its own, with the datapath in user space, in a network namespace: openvswitch.sh NAMESPACE DIRECTORY
# The database, the sockets and the logs are in the directory. It adds the veth pairs sw0 (20), sw1 (21) and far2 (22), far3 (23), with sw1 and far3 as ports of the
# bridge ovs0, and writes "ready". It ends with its input, so that nothing is left behind when the test process is killed.
set -eu
ns=$1
dir=$2
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export OVS_RUNDIR="$dir" OVS_LOGDIR="$dir" OVS_DBDIR="$dir" OVS_SYSCONFDIR="$dir"
for schema in /usr/share/openvswitch/vswitch.ovsschema /usr/local/share/openvswitch/vswitch.ovsschema; do
    [ -f "$schema" ] && break
done
mkdir -p "$dir"
ip -n "$ns" link add name sw0 index 20 address 02:00:00:00:20:00 type veth peer name sw1 index 21 address 02:00:00:00:21:00
ip -n "$ns" link add name far2 index 22 address 02:00:00:00:22:00 type veth peer name far3 index 23 address 02:00:00:00:23:00
for link in sw0 sw1 far2 far3; do ip -n "$ns" link set dev "$link" up; done

ovsdb-tool create "$dir/conf.db" "$schema"
database=
switch=
trap 'kill $switch $database 2>/dev/null; wait' EXIT
ovsdb-server "$dir/conf.db" "--remote=punix:$dir/db.sock" "--pidfile=$dir/ovsdb-server.pid" "--unixctl=$dir/ovsdb-server.ctl" --log-file="$dir/ovsdb-server.log" </dev/null >/dev/null 2>&1 &
database=$!
tries=0
until [ -S "$dir/db.sock" ]; do
    tries=$((tries + 1))
    [ $tries -lt 500 ] || { cat "$dir/ovsdb-server.log" >&2; exit 1; }
    sleep 0.02
done
ovs-vsctl "--db=unix:$dir/db.sock" --no-wait init
ip netns exec "$ns" ovs-vswitchd "unix:$dir/db.sock" "--pidfile=$dir/ovs-vswitchd.pid" "--unixctl=$dir/ovs-vswitchd.ctl" --log-file="$dir/ovs-vswitchd.log" </dev/null >/dev/null 2>&1 &
switch=$!
ovs-vsctl "--db=unix:$dir/db.sock" --timeout=20 add-br ovs0 -- set bridge ovs0 datapath_type=netdev -- add-port ovs0 sw1 -- add-port ovs0 far3 ||
    { tail -n 5 "$dir/ovs-vswitchd.log" >&2; exit 1; }
# What the switch sees of its ports comes into the database a little later.
ovs-vsctl "--db=unix:$dir/db.sock" --timeout=20 wait-until interface sw1 admin_state=up link_state=up -- wait-until interface far3 admin_state=up link_state=up
echo ready
cat >/dev/null
