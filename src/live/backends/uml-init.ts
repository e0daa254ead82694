/** Process 1 of user-mode-linux. LANES serial lines each have an agent behind them, which finds itself on a new machine each time. */
export const UML_INIT = String.raw`#!/bin/sh
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LANG=C LC_ALL=C
unset TERM COLUMNS
# Seen from a user namespace, nobody owns the files of root: a program with setuid would make a nobody of us.
SHARE/mount -n -o remount,nosuid /
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run

# The kernel asks for its own modules as it needs them; Debian keeps them where nothing looks.
mkdir -p /run/modules/lib
ln -s /usr/lib/uml/modules /run/modules/lib/modules
printf '#!/bin/sh\nexec /sbin/modprobe -d /run/modules "$@"\n' >/run/modprobe
chmod +x /run/modprobe
echo /run/modprobe >/proc/sys/kernel/modprobe
# Only a lab that uses IPv6 switches it on.
/run/modprobe ipv6 disable_ipv6=1

# Who wants a machine says so with a line; what is echoed until the agent is there means nothing to anybody.
lane() {
  exec 3<>/dev/ttyS$1
  while read -r _ <&3; do
    stty raw -echo <&3
    unshare NAMESPACES --pid --fork --kill-child sh -c \
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
