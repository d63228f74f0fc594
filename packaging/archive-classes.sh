#!/bin/sh
# Writes the class-data archive with which Earshot starts sooner and needs less memory. It serves only the
# Java and the jars that it was made with, by path, size and time of change, hence at installation and as
# root: who could write it could run code in every user's earshot.
set -eu

home=/usr/lib/earshot
folder=/var/cache/earshot

unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH
umask 022
mkdir -p "$folder"
rm -f "$folder/classes.jsa" "$folder/classes.new"
"$home/runtime/bin/java" "@$home/java.options" -Xmx128m -Xlog:disable -Xshare:dump \
  "-XX:SharedClassListFile=$home/classes.list" "-XX:SharedArchiveFile=$folder/classes.new" >/dev/null
chmod 644 "$folder/classes.new"
mv "$folder/classes.new" "$folder/classes.jsa"
