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

# start_demo GATEWAY FOLDER: a demo of its own on a free port, run in the folder, where its words are left as `out` and `err`.
# Its process is in `demo` and its address in `address`; whoever started it ends it.
start_demo() {
    local gateway=$1 folder=$2
    : >"$folder/out"
    (cd -- "$folder" && exec "$gateway" serve --demo --listen 127.0.0.1:0) >"$folder/out" 2>"$folder/err" &
    demo=$! address=
    for _ in $(seq 1 600); do
        address=$(sed -n 's|^listening on \(http://.*\)$|\1|p' "$folder/out")
        [ -z "$address" ] || return 0
        kill -0 "$demo" 2>/dev/null || { tail -n 5 "$folder/err" >&2; broken "the demo does not start (its words are above)"; }
        sleep 0.1
    done
    broken "the demo does not listen within a minute"
}
