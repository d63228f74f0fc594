# Fetches packages from the Debian archive that this system's apt is set up for, of any architecture, and
# leaves the system's own lists, cache and architectures as they are. To be sourced; wants $cache, a folder.
# shellcheck shell=bash disable=SC2154

# archive_apt ARCH COMMAND...: apt-get or apt-cache with lists and cache of our own.
archive_apt() {
  local arch="$1" command="$2" state
  shift 2
  state="$cache/apt-$arch"
  mkdir -p -- "$state/lists/partial" "$state/archives/partial"
  [[ -e "$state/status" ]] || : >"$state/status"
  "$command" -qq \
    -o "Dir::State=$state" -o "Dir::State::status=$state/status" -o "Dir::Cache=$state" \
    -o "APT::Architecture=$arch" -o "APT::Architectures::=$arch" \
    -o Acquire::Languages=none -o Acquire::Retries=2 -o APT::Sandbox::User= "$@" </dev/null
}

# archive_package ARCH PACKAGE: fetches its newest version and prints where the file is. Fails, silently,
# without an archive; the lists are fetched once in a run.
archive_package() {
  local arch="$1" package="$2" stamp file
  stamp="$cache/apt-$arch/listed-by-$$"
  if [[ ! -e "$stamp" ]]; then
    mkdir -p -- "$cache/apt-$arch"
    rm -f -- "$cache/apt-$arch"/listed-by-*
    archive_apt "$arch" apt-get update >/dev/null 2>&1 || return 1
    : >"$stamp"
  fi
  file="$(archive_apt "$arch" apt-get download --print-uris "$package" 2>/dev/null |
    awk '{ print $2; exit }')"
  [[ -n "$file" ]] || return 1
  # The version's colon and tilde may stand escaped in the file's name; it stays as apt gives it.
  mkdir -p -- "$cache/debs"
  if [[ ! -s "$cache/debs/$file" ]]; then
    rm -f -- "$cache/debs/${package}"_*_"$arch".deb
    (cd -- "$cache/debs" && archive_apt "$arch" apt-get download "$package" >/dev/null 2>&1) || return 1
  fi
  printf '%s\n' "$cache/debs/$file"
}

# archive_unpack ARCH FOLDER PACKAGE...: unpacks packages into a folder, without their scripts.
archive_unpack() {
  local arch="$1" folder="$2" package file
  shift 2
  mkdir -p -- "$folder"
  for package in "$@"; do
    file="$(archive_package "$arch" "$package")" || return 1
    dpkg-deb --extract "$file" "$folder"
  done
}
