# Runs a libvirtd of its own: libvirtd.sh FOLDER, as the first process of a mount and a process namespace. Of the host's libvirt it sees nothing: the directories are empty
# ones in memory, and the account that Debian's driver insists on is there, whether the host has it or not. When it ends, its guests end with it.
set -e
folder=$1
mount --make-rprivate /
cp /etc/passwd /etc/group "$folder"
for directory in /etc/libvirt /run /var/cache /var/lib /var/log; do mount -t tmpfs none "$directory"; done
grep -q ^libvirt-qemu: "$folder/passwd" || echo libvirt-qemu:x:64055:64055::/nonexistent:/usr/sbin/nologin >>"$folder/passwd"
grep -q ^libvirt-qemu: "$folder/group" || echo libvirt-qemu:x:64055: >>"$folder/group"
mount --bind "$folder/passwd" /etc/passwd
mount --bind "$folder/group" /etc/group
cat >/etc/libvirt/qemu.conf <<END
stdio_handler = "file"
security_driver = "none"
user = "root"
group = "root"
dynamic_ownership = 0
cgroup_controllers = [ ]
namespaces = [ ]
END
cat >/etc/libvirt/libvirtd.conf <<END
auth_unix_ro = "none"
auth_unix_rw = "none"
unix_sock_group = "root"
log_outputs = "3:file:$folder/libvirtd.log"
END
libvirtd & # the first process of a namespace has to take note of all that end there: the shell does while it waits
wait $!
