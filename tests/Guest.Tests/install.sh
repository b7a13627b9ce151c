#!/bin/sh
# Installs what the tests and samples with guests need from Debian's packages, as root: install.sh [PACKAGE...]. Without packages: all of them.
# Where one cannot be had it goes on with the others, and ends with 1.
set -u
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 # in runlevel 1 no service starts with its package
[ $# -gt 0 ] || set -- busybox-static ethtool iperf3 iproute2 iptables libvirt-clients libvirt-daemon libvirt-daemon-driver-qemu openvswitch-switch perl-base qemu-system-x86 user-mode-linux vde2
command -v apt-get >/dev/null || { echo "There is no apt-get: install $* in this system's own way." >&2; exit 1; }
apt-get -qq update -o Acquire::http::Timeout=30 || exit 1
status=0
for package; do
    apt-get -qq install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 "$package" >/dev/null || status=1
done
exit $status
