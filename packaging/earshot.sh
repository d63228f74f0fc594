#!/bin/sh
# Earshot, as installed: runs one command on its own Java, with the options that were made with the package.
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

# Listening all day wants little memory; recordings are wanted soon.
case "${1:-}" in
  listen | check-mic) options=listen.options ;;
  *) options=quick.options ;;
esac

# shellcheck disable=SC2086 # EARSHOT_JAVA_OPTIONS holds several words
set -- "@$home/java.options" "@$home/$options" ${EARSHOT_JAVA_OPTIONS:-} \
  -Dearshot.terminal=$terminal org.earshot.agent.Earshot "$@"

# Without the archive everything works, but starts more slowly.
[ ! -r "$archive" ] || set -- "-XX:SharedArchiveFile=$archive" "$@"

exec "$home/runtime/bin/java" "$@"
