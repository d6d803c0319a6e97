#!/usr/bin/env bash
# ldap.sh PORT TLS_PORT DIR: OpenLDAP on loopback with people who can be read only after a bind over TLS; touches DIR/ready.
set -euo pipefail
plain=$1 tls=$2 dir=$3
cd "$dir"
mkdir -p data
"$(dirname "$0")/../../target/venv/bin/python" -m trustme -q -i localhost -d "$dir"
mv client.pem ca.pem
cat >slapd.conf <<C
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
pidfile $dir/slapd.pid
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCACertificateFile $dir/ca.pem
TLSCertificateFile $dir/server.pem
TLSCertificateKeyFile $dir/server.key
security simple_bind=128
database mdb
suffix "dc=example,dc=com"
rootdn "cn=root,dc=example,dc=com"
directory $dir/data
access to attrs=userPassword by anonymous auth
access to * by users read by * none
C
cat >people.ldif <<L
dn: dc=example,dc=com
objectClass: domain
dc: example

dn: ou=people,dc=example,dc=com
objectClass: organizationalUnit
ou: people

dn: cn=reader,dc=example,dc=com
objectClass: person
cn: reader
sn: reader
userPassword: hush

dn: uid=alice,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: alice
cn: Alice
sn: Liddell
mail: alice@example.com

dn: uid=bob,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: bob
cn: Bob
sn: Builder
mail: bob@example.com
L
slapadd=/usr/sbin/slapadd slapd=/usr/sbin/slapd
"$slapadd" -f slapd.conf -l people.ldif
(
  for _ in $(seq 300); do ldapsearch -x -H "ldap://localhost:$plain" -s base -b "" >/dev/null 2>&1 && break; sleep 0.1; done
  touch "$dir/ready"
) &
exec "$slapd" -d 0 -f slapd.conf -h "ldap://localhost:$plain ldaps://localhost:$tls"
