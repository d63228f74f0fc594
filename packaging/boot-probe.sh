#!/bin/bash
# Runs inside a started system, by scripts/test-package: watches earshot.service live, die and come back.
# Ends the system. Its last line is "probe: done" when all was well.

is() { systemctl show --property="$1" --value earshot.service; }

# wait_for WHAT SECONDS COMMAND...
wait_for() {
  local what="$1" end=$((SECONDS + $2))
  shift 2
  until "$@"; do
    if ((SECONDS >= end)); then
      echo "probe: not in time: $what"
      systemctl --no-pager --full status earshot.service
      journalctl --no-pager -n 30 -u earshot.service
      systemctl exit 1
      exit 1
    fi
    sleep 0.5
  done
  echo "probe: $what"
}

runs() { [[ "$(is SubState)" == running ]]; }
is_alive() { [[ "$(is WatchdogTimestampMonotonic)" != "$alive_at" ]]; }
is_another() {
  local now
  now="$(is MainPID)"
  [[ "$now" != 0 && "$now" != "$first" ]] && runs
}
is_healthy() { exec 3<>/dev/tcp/127.0.0.1/9464 && printf 'GET /metrics HTTP/1.0\r\n\r\n' >&3 && grep -q earshot <&3; }

wait_for "running, as it said itself" 120 runs
first="$(is MainPID)"
wait_for "metrics on loopback" 30 is_healthy 2>/dev/null
[[ "$(stat -c %U "/proc/$first")" == earshot ]] || echo "probe: not as its own user"
alive_at="$(is WatchdogTimestampMonotonic)"
wait_for "a sign of life" 70 is_alive
awk '/^VmRSS/ { print "probe: resident without microphone and broker", $2, "KiB" }' "/proc/$first/status"
kill -KILL "$first"
wait_for "back after SIGKILL" 60 is_another
systemctl stop earshot.service
if [[ "$(is Result)" == success ]]; then
  echo "probe: done"
else
  echo "probe: stopped with $(is Result)"
  journalctl --no-pager -n 30 -u earshot.service
fi
systemctl exit 0
