/** Process 1 of user-mode-linux. LANES serial lines each have an agent behind them, on a new machine for each lab. */
export const UML_INIT = String.raw`#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LANG=C LC_ALL=C
unset TERM COLUMNS
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /dev
mknod -m 666 /dev/null c 1 3
mknod -m 666 /dev/zero c 1 5
mknod -m 666 /dev/random c 1 8
mknod -m 666 /dev/urandom c 1 9

# The kernel asks for its own modules as it needs them; Debian keeps them where nothing looks.
mkdir -p /run/modules/lib
ln -s /usr/lib/uml/modules /run/modules/lib/modules
printf '#!/bin/sh\nexec /sbin/modprobe -d /run/modules "$@"\n' >/run/modprobe
chmod +x /run/modprobe
echo /run/modprobe >/proc/sys/kernel/modprobe
# Only a lab that uses IPv6 switches it on.
/run/modprobe ipv6 disable_ipv6=1
/run/modprobe -a af_packet 2>/dev/null

lane() {
  mknod -m 600 /dev/ttyS$1 c 4 $((64 + $1))
  exec 3<>/dev/ttyS$1
  stty -F /dev/ttyS$1 raw -echo
  while :; do
    unshare --net --mount --uts --ipc --pid --fork --kill-child sh -c \
      'mount -t tmpfs tmpfs /run && mount -t proc proc /proc && exec perl SHARE/agent "$@"' agent SYSCALLS <&3 >&3 2>/dev/null
  done
}
lanes=0
while [ $lanes -lt LANES ]; do
  lane $lanes &
  lanes=$((lanes + 1))
done
wait
poweroff -f
`;
