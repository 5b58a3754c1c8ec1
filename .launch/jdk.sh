# Sourced by ./tenure and ./check: finds a JDK 25 and exports JAVA_HOME, without starting a JVM.

is_jdk25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${version:-0}" -ge 25 ]
}

find_jdk25() {
  local candidate on_path
  on_path=$(command -v java || true)
  if [ -n "$on_path" ]; then
    on_path=$(readlink -f "$on_path")
    on_path=${on_path%/bin/java}
  fi
  for candidate in "${TENURE_JAVA_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/java/* /opt/jdk* "$on_path"; do
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
      export JAVA_HOME="$candidate"
      return 0
    fi
  done
  echo "tenure: no JDK 25 found in TENURE_JAVA_HOME, JAVA_HOME, /usr/lib/jvm, sdkman or the PATH; install one (such as temurin-25-jdk) or set TENURE_JAVA_HOME" >&2
  return 1
}
