# Run by init in the place of its rounds. Round after round the guest does what an honest one does, and then what Protect-Link is to keep in: it sends from another MAC
# address, claims another's IPv4 address, offers a DHCP lease, and says that it is the router. A round is said only when all of it was sent.
foreign=02:66:00:00:00:66
stolen=10.99.0.66
own=$(cat "/sys/class/net/$device/address")

# Takes a MAC address as the owner of a guest would.
become() { ip link set "$device" address "$1"; }

# Who has this address? It asks or says so once; nobody has to answer.
say() { arping -c 1 -w 1 -I "$device" "$@" >/dev/null; true; }

round=0
while true; do
    round=$((round + 1))
    ping -c 1 -W 1 "$ping" >/dev/null 2>&1 && answer=answers || answer=silent
    echo "$name $round $ping $answer"
    # A card of virtio takes another MAC address while it is up. That of User-mode Linux does not, so a frame made by hand has to do.
    if become "$foreign" 2>/dev/null; then say "$ping" && become "$own"; else perl /forge.pl "$device" /hello "$foreign"; fi &&
        ip address add "$stolen/24" dev "$device" && say -U "$stolen" && ip address del "$stolen/24" dev "$device" &&
        perl /forge.pl "$device" /lease && perl /forge.pl "$device" /router &&
        echo "$name $round spoof sent"
    sleep 0.3
done
