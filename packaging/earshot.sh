#!/bin/sh
# Earshot, as installed: runs one command on its own Java. Options of that Java which hold for all commands
# stand in java.options, made with the package.
set -eu

home=/usr/lib/earshot
archive=/var/cache/earshot/classes.jsa

# The system's settings for other Javas are not meant for this one.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH

# glibc's arenas for every thread would cost megabytes (mallopt(3)).
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"

terminal=false
if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
  terminal=true
fi

# shellcheck disable=SC2086 # EARSHOT_JAVA_OPTIONS holds several words
case "${1:-}" in
  listen | check-mic)
    # All day in little memory: a small heap, and the quick compiler only, whose code is fast enough by far
    # (docs/install.md has the measurement). Out of memory is an end, which systemd turns into a start.
    set -- -Xms8m -Xmx32m -Xmn4m -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=16m \
      -XX:MaxMetaspaceSize=40m -XX:+ExitOnOutOfMemoryError \
      ${EARSHOT_JAVA_OPTIONS:-} -Dearshot.terminal=$terminal org.earshot.agent.Earshot "$@"
    ;;
  *)
    # Recordings are wanted soon: both compilers.
    set -- -Xms24m -Xmx96m -XX:ReservedCodeCacheSize=48m \
      ${EARSHOT_JAVA_OPTIONS:-} -Dearshot.terminal=$terminal org.earshot.agent.Earshot "$@"
    ;;
esac

# Without the archive everything works, but starts more slowly.
[ ! -r "$archive" ] || set -- "-XX:SharedArchiveFile=$archive" "$@"

exec "$home/runtime/bin/java" "@$home/java.options" "$@"
