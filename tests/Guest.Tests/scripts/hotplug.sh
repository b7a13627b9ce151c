# Run by init in the place of its rounds. The guest says, round after round, whether it has a second card and with which MAC address, and whom it reaches by it:
#   second=10.98.0.1/24 beyond=10.98.0.254
round=0
while true; do
    round=$((round + 1))
    card=$(cat /sys/class/net/eth1/address 2>/dev/null)
    echo "$name $round card ${card:-none}"
    if [ -n "$card" ]; then
        ip link set eth1 up
        ip address add "$second" dev eth1 2>/dev/null
        ping -c 1 -W 1 "$beyond" >/dev/null 2>&1 && answer=answers || answer=silent
        echo "$name $round $beyond $answer"
    fi
    ping -c 1 -W 1 "$ping" >/dev/null 2>&1 && answer=answers || answer=silent
    echo "$name $round $ping $answer"
    sleep 0.3
done
