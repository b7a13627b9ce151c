# Sends a frame: perl forge.pl DEVICE FILE [SOURCE]. The file has its bytes in hex; its source becomes the MAC address that is given, or else the card's own. It needs no
# module, so that the program alone is enough in a RAM disk.
my ($device, $file, $source) = @ARGV;
my ($AF_PACKET, $SOCK_RAW) = (17, 3);

sub line {
    open(my $handle, '<', $_[0]) or die "$_[0]: $!\n";
    chomp(my $line = <$handle>);
    return $line;
}

my $frame = pack('H*', line($file));
substr($frame, 6, 6) = pack('H*', ($source // line("/sys/class/net/$device/address")) =~ s/://gr);
my $address = pack('S n l S C C a8', $AF_PACKET, 0, line("/sys/class/net/$device/ifindex"), 0, 0, 6, ''); # struct sockaddr_ll of packet(7)
socket(my $socket, $AF_PACKET, $SOCK_RAW, 0) or die "socket: $!\n";
(send($socket, $frame, 0, $address) // -1) == length($frame) or die "send: $!\n";
