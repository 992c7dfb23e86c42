#!/usr/bin/env sh
# Makes what is secret, in deploy/secrets (or the folder given): each file once, and never over one that is there.
# Needs openssl. deploy/README.md tells what each is for and how to change it.
set -eu
folder="${1:-$(dirname "$0")/secrets}"
umask 077
mkdir -p "$folder"
cd "$folder"

make() {
  new="$1.new"
  cat >"$new"
  [ -s "$new" ] || { rm "$new"; echo "$1 could not be made" >&2; exit 1; }
  # Users of containers read it through a mount, whatever their number; the folder itself is closed to everybody else.
  chmod 644 "$new"
  mv "$new" "$1"
  echo "$1 is made"
}

[ -e identity-key ] || openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>/dev/null | make identity-key
[ -e identity-public-key ] || openssl pkey -in identity-key -pubout | make identity-public-key
[ -e management-token ] || openssl rand -hex 24 | tr -d '\n' | make management-token
[ -e purge-token ] || openssl rand -hex 24 | tr -d '\n' | make purge-token
[ -e redis-password ] || openssl rand -hex 24 | tr -d '\n' | make redis-password
[ -e redis-configuration ] || printf 'redis:6379,password=%s' "$(cat redis-password)" | make redis-configuration
[ -e redis-signing-key ] || openssl rand -base64 32 | make redis-signing-key

# A key as ASP.NET Core's data protection writes it. Kept as a secret it cannot be renewed by the gateway itself, so it has no end that would come as a surprise.
session_key() {
  id=$(openssl rand -hex 16 | sed 's/^\(.\{8\}\)\(.\{4\}\)\(.\{4\}\)\(.\{4\}\)/\1-\2-\3-\4-/')
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  cat <<KEY
<?xml version="1.0" encoding="utf-8"?>
<key id="$id" version="1">
  <creationDate>$now</creationDate>
  <activationDate>$now</activationDate>
  <expirationDate>2099-12-31T00:00:00Z</expirationDate>
  <descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection">
    <descriptor>
      <encryption algorithm="AES_256_CBC" />
      <validation algorithm="HMACSHA256" />
      <masterKey>
        <value>$(openssl rand -base64 64 | tr -d '\n')</value>
      </masterKey>
    </descriptor>
  </descriptor>
</key>
KEY
}

[ -e session-key.xml ] || session_key | make session-key.xml
