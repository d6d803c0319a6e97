#!/usr/bin/env bash
# redmine.sh PORT DIR: Debian's Redmine, unmodified, with an SQLite of its own (DIR/redmine.db), its API and "stay logged in" turned on,
# and a private project; carol/carol-pass-1, dave/dave-pass-1 (who must change it first), and erin, who has Redmine's own second factor
# and forgot her password (DIR/reset is the token of her mail); touches DIR/ready.
set -euo pipefail
port=$1 dir=$2
export HOME=$dir RAILS_ENV=production
cp -r /usr/share/redmine "$dir/www"
cd "$dir/www"
# Links to the one installation in /etc and /var.
rm -f Gemfile.lock instances config/database.yml
mkdir -p instances/default/{config,files,log,tmp}
printf 'production:\n  adapter: sqlite3\n  database: %s\n' "$dir/redmine.db" >instances/default/config/database.yml
echo 'for a test only, for a test only, for a test only' >instances/default/config/secret_key.txt
printf 'gem "sqlite3", "~> 1.4.0"\ngem "puma"\n' >Gemfile.local
bundle install --local --quiet
rake db:migrate >"$dir/migrate.log"
bin/rails runner - <<'R'
Redmine::DefaultData::Loader.load("en")
Setting.rest_api_enabled = "1"
Setting.autologin = "7"
project = Project.create!(name: "Old Project", identifier: "old", is_public: false, enabled_module_names: %w[issue_tracking wiki])
project.trackers = Tracker.all
%w[carol dave erin].each do |name|
  user = User.new(firstname: name.capitalize, lastname: "Clerk", mail: "#{name}@example.com", language: "en")
  user.login = name
  user.password = "#{name}-pass-1"
  user.must_change_passwd = name == "dave"
  user.save!
  Member.create!(principal: user, project: project, roles: [Role.givable.first])
end
erin = User.find_by_login("erin")
erin.update!(twofa_scheme: "totp", twofa_totp_key: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
File.write("../reset", Token.create!(user: erin, action: "recovery").value)
R
(
  for _ in $(seq 300); do curl -sf -o /dev/null "http://127.0.0.1:$port/login" && break; sleep 0.1; done
  touch "$dir/ready"
) &
exec puma --quiet --environment production --threads 4:4 --bind "tcp://127.0.0.1:$port"
