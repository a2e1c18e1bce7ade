# shellcheck shell=bash
# What the scripts share; sourced, not run.

# One line that says what is wrong and what to do; exit code 2, as the program does.
fail() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit 2
}

# The same where nothing is missing and what was tried does not work: exit code 1, so that nobody takes it for left out.
broken() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit 1
}

# report STEP SECONDS [REMARK]
report() { printf '%-12s %4d s%s\n' "$1" "$2" "${3:+  ($3)}"; }

# step NAME COMMAND…: runs it and says how long it took.
step() {
    local name=$1 begun=$SECONDS status=0
    shift
    "$@" || status=$?
    if [ "$status" != 0 ]; then
        printf '%s failed: %s\n' "$name" "$*" >&2
        exit "$status"
    fi
    report "$name" $((SECONDS - begun))
}

# install_on_debian WHAT NEED CHECK PACKAGE…: installs the packages where that is ours to do (root on a Debian-like
# machine), and otherwise says what is missing. CHECK is a command that succeeds once WHAT is there.
install_on_debian() {
    local what=$1 need=$2 check=$3 log
    shift 3
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        fail "$what is missing: install it ($need; on Debian and its relatives: apt-get install $*)"
    fi
    printf '%s is missing: installing %s\n' "$what" "$*"
    log=$(mktemp)
    # Two runs at once take turns, and the second finds the work done.
    if ! (
        flock 9
        "$check" >/dev/null 2>&1 && exit 0
        export DEBIAN_FRONTEND=noninteractive
        apt-get update || true # an old list of packages may still do
        apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
    ) 9>/run/avrr-gateway-apt.lock >"$log" 2>&1 </dev/null || ! "$check" >/dev/null 2>&1; then
        tail -n 5 "$log" >&2
        rm -f -- "$log"
        fail "could not install $*: install $what yourself ($need)"
    fi
    rm -f -- "$log"
}
