#!/bin/sh
# Forms as curl sends them: forms.sh BASE COOKIE
base=$1 cookie=$2
dir=$(mktemp -d) && trap 'rm -r "$dir"' EXIT
printf '\000\377&;=%%' >"$dir/a.bin"
post() {
  name=$1
  shift
  printf '%s ' "$name"
  curl -s -o /dev/null -w '%{http_code}\n' -H "Cookie: $cookie" "$@" "$base/$name"
}
post curl-form -F title=a -F "file=@$dir/a.bin"
post curl-file-name -F "file=@$dir/a.bin;filename=$(printf 'ha\263o \\ "1".txt')"
post curl-escaped-file-name --form-escape -F "file=@$dir/a.bin;filename=a\\\"b\\\\c.txt"
post curl-typed -F 'title=a;type=text/plain;charset=iso-8859-2' -F "file=@$dir/a.bin;encoder=binary"
post curl-base64 -F "file=@$dir/a.bin;encoder=base64"
post curl-binary --data-binary "@$dir/a.bin"
post curl-chunked -H 'Transfer-Encoding: chunked' -F "file=@$dir/a.bin;encoder=8bit"
