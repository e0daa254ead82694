/**
 * The one program of ours that runs beside the lab's namespaces. It is Perl because every Debian has that (perl-base is
 * essential), it starts in five milliseconds where Node needs a second of user-mode-linux, and it reaches setns(2) and
 * packet sockets. It decides nothing: it carries out argument lists, one message a line, and ends when nobody listens.
 *
 * In:  VERB ID WORD…          Out: VERB ID WORD…, each word percent-encoded
 *   run machine namespace stdin argv…    done status stdout stderr
 *   kill signal                          (the command of that ID)
 *   machine name pid-or-nothing          ok pid
 *   write machine namespace path text    ok, or error
 *   tap key machine namespace            ok, or error
 *   untap key                            ok: a tap would keep a deleted namespace alive
 *   namespaces machine                   ok name,inode…
 *   devices                              ok key,name,ifindex,mac…
 *   part text                            ok: a piece of a message too long for a serial line
 *   whole                                what its parts say together
 *   quit                                 bye, and it is over
 *   drain                                ok, behind every frame that was seen until then:
 *                                        frame key ifindex type hex
 */
export const AGENT_PROGRAM = String.raw`
use strict; use warnings;
my ($SETNS, $UNSHARE) = splice @ARGV, 0, 2;
my ($NET, $MNT) = (0x40000000, 0x20000);
$SIG{PIPE} = 'IGNORE';
my (%run, %pid, %tap);
my ($in, $parts) = ('', '');

sub encode { my $s = shift; utf8::encode($s) if utf8::is_utf8($s); $s =~ s/([^A-Za-z0-9_.\/:,-])/sprintf '%%%02X', ord $1/ge; $s }
sub decode { my $s = shift; $s =~ s/%(..)/chr hex $1/ge; $s }
sub say_line {
  my $line = join(' ', map { encode($_) } @_) . "\n";
  while (length $line) { my $n = syswrite STDOUT, $line; exit 0 unless defined $n; substr($line, 0, $n, ''); }
}

# Namespaces: another machine's own are those of the process that holds them.
sub join_ns {
  my ($path, $kind) = @_;
  open my $f, '<', $path or return 0;
  return syscall($SETNS + 0, fileno $f, $kind) == 0;
}
sub holder { my $m = shift; $m eq '' ? 'self' : ($pid{$m} // 0) }
sub net_path { my ($m, $n) = @_; my $p = holder($m); $n eq '' ? "/proc/$p/ns/net" : "/proc/$p/root/run/netns/$n" }
sub within {
  my ($m, $n, $act) = @_;
  open my $home, '<', '/proc/self/ns/net' or return 0;
  join_ns(net_path($m, $n), $NET) or return 0;
  my $answer = $act->();
  syscall($SETNS + 0, fileno $home, $NET) == 0 or die 'cannot come home';
  return $answer;
}
sub enter {
  my ($m, $n) = @_;
  my $p = holder($m);
  return 0 if $m ne '' and not (join_ns("/proc/$p/ns/net", $NET) and join_ns("/proc/$p/ns/mnt", $MNT));
  return $n eq '' || join_ns("/run/netns/$n", $NET);
}

sub start {
  my ($id, $m, $n, $text, @argv) = @_;
  pipe my $in0, my $in1; pipe my $out0, my $out1; pipe my $err0, my $err1;
  my $pid = fork;
  return say_line('done', $id, 126, '', "cannot fork: $!\n") unless defined $pid;
  if ($pid == 0) {
    $SIG{PIPE} = 'DEFAULT';
    open STDIN, '<&', $in0; open STDOUT, '>&', $out1; open STDERR, '>&', $err1;
    close $_ for $in0, $in1, $out0, $out1, $err0, $err1;
    unless (enter($m, $n)) { print STDERR "Cannot open network namespace \"$n\": $!\n"; exit 255 }
    chdir '/';
    no warnings; exec { $argv[0] } @argv; print STDERR "$argv[0]: $!\n"; exit 127;
  }
  close $_ for $in0, $out1, $err1;
  syswrite $in1, $text; close $in1;
  $run{$id} = { pid => $pid, fds => { 1 => $out0, 2 => $err0 }, 1 => '', 2 => '' };
}
sub collect {
  my ($id, $fd) = @_;
  my $r = $run{$id};
  return if sysread $r->{fds}{$fd}, $r->{$fd}, 65536, length $r->{$fd};
  delete $r->{fds}{$fd};
  return if %{ $r->{fds} };
  waitpid $r->{pid}, 0;
  my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
  delete $run{$id};
  say_line('done', $id, $status, $r->{1}, $r->{2});
}

# A machine of its own: a network namespace, and a /run of its own where "ip netns" keeps its names.
sub machine {
  my ($id, $name) = @_;
  pipe my $told, my $tell;
  my $pid = fork;
  return say_line('error', $id, "cannot fork: $!") unless defined $pid;
  if ($pid == 0) {
    close $told;
    my $ok = syscall($UNSHARE + 0, $NET | $MNT) == 0 && system('mount', '-t', 'tmpfs', 'tmpfs', '/run') == 0;
    syswrite $tell, $ok ? 'y' : 'n';
    close $tell; close STDOUT;
    sleep 3600 while 1;
  }
  close $tell;
  sysread $told, my $answer, 1;
  $pid{$name} = $pid;
  ($answer // '') eq 'y' ? say_line('ok', $id, $pid) : say_line('error', $id, 'cannot make a machine');
}

sub put {
  my ($id, $m, $n, $path, $text) = @_;
  my $why = '';
  my $done = within($m, $n, sub {
    open my $f, '>', $path or do { $why = "$!"; return 0 };
    my $wrote = syswrite $f, $text;
    $why = "$!" unless defined $wrote;
    return defined $wrote;
  });
  $done ? say_line('ok', $id) : say_line('error', $id, $why || "$!");
}

sub tap {
  my ($id, $key, $m, $n) = @_;
  my $socket;
  # AF_PACKET, SOCK_RAW, ETH_P_ALL: what every device of the namespace sends and receives. 8 MiB to wait in, where allowed.
  within($m, $n, sub { socket $socket, 17, 3, unpack('S', pack 'n', 3) }) or return say_line('error', $id, "$!");
  setsockopt $socket, 1, 33, pack('i', 8 << 20) or setsockopt $socket, 1, 8, pack('i', 8 << 20);
  $tap{$key} = { socket => $socket, machine => $m, namespace => $n };
  say_line('ok', $id);
}
sub namespaces {
  my $p = holder(shift);
  opendir my $d, "/proc/$p/root/run/netns" or return;
  return map { "$_," . ((stat "/proc/$p/root/run/netns/$_")[1] // 0) } grep { !/^\.\.?$/ } readdir $d;
}
sub read_tap {
  my $key = shift;
  my $from = recv $tap{$key}{socket}, my $frame, 65536, 0x40;
  return 0 unless defined $from && length $frame;
  my (undef, undef, $index, undef, $type) = unpack 'S n i S C', $from;
  say_line('frame', $key, $index, $type, unpack 'H*', substr $frame, 0, 256);
  return 1;
}
sub devices {
  my @all;
  for my $key (sort keys %tap) {
    within($tap{$key}{machine}, $tap{$key}{namespace}, sub {
      socket my $s, 2, 2, 0 or return 0;
      open my $f, '<', '/proc/self/net/dev' or return 0;
      while (<$f>) {
        next unless /^\s*([^\s|]+):/;
        my ($name, $index, $mac) = ($1, pack('a16 x24', $1), pack('a16 x24', $1));
        next unless ioctl($s, 0x8933, $index) && ioctl($s, 0x8927, $mac); # SIOCGIFINDEX, SIOCGIFHWADDR
        push @all, join ',', $key, $name, unpack('x16 i', $index), unpack('x18 H12', $mac);
      }
      return 1;
    });
  }
  return @all;
}

sub obey {
  my ($verb, $id, @words) = map { decode($_) } split / /, shift, -1;
  if ($verb eq 'run') { start($id, @words) }
  elsif ($verb eq 'kill') { kill $words[0], $run{$id}{pid} if $run{$id} }
  elsif ($verb eq 'machine') { machine($id, @words) }
  elsif ($verb eq 'write') { put($id, @words) }
  elsif ($verb eq 'tap') { tap($id, @words) }
  elsif ($verb eq 'untap') { delete $tap{ $words[0] }; say_line('ok', $id) }
  elsif ($verb eq 'namespaces') { say_line('ok', $id, namespaces(@words)) }
  elsif ($verb eq 'devices') { say_line('ok', $id, devices()) }
  elsif ($verb eq 'part') { $parts .= $words[0]; say_line('ok', $id) }
  elsif ($verb eq 'whole') { my $line = $parts; $parts = ''; obey($line) }
  elsif ($verb eq 'quit') { say_line('bye', $id); exit 0 }
  elsif ($verb eq 'drain') { for my $key (keys %tap) { 1 while read_tap($key) } say_line('ok', $id) }
}

open my $version, '<', '/proc/sys/kernel/osrelease';
chomp(my $release = <$version> // '');
say_line('ready', 0, $release);
while (1) {
  my %at = (fileno(STDIN) => sub {
    exit 0 unless sysread STDIN, $in, 65536, length $in;
    while ($in =~ s/^(.*?)\r?\n//) { obey($1) }
  });
  for my $id (keys %run) {
    for my $fd (keys %{ $run{$id}{fds} }) { $at{ fileno $run{$id}{fds}{$fd} } = sub { collect($id, $fd) } }
  }
  for my $key (keys %tap) { $at{ fileno $tap{$key}{socket} } = sub { read_tap($key) } }
  my $bits = '';
  vec($bits, $_, 1) = 1 for keys %at;
  next if select($bits, undef, undef, undef) <= 0;
  # One look may end a command or a namespace: who else was ready is asked again.
  for my $fd (sort { $a <=> $b } keys %at) { if (vec($bits, $fd, 1)) { $at{$fd}->(); last } }
}
`;

/** The numbers of setns(2) and unshare(2), which Perl asks for by number. */
const SYSCALLS: Readonly<Record<string, readonly [setns: number, unshare: number]>> = {
  x64: [308, 272],
  ia32: [346, 310],
  arm: [375, 337],
  arm64: [268, 97],
  riscv64: [268, 97],
  loong64: [268, 97],
  ppc64: [350, 282],
  s390x: [339, 303],
};

export const agentArguments = (arch: string = process.arch): readonly string[] =>
  (SYSCALLS[arch] ?? [0, 0]).map(String);
