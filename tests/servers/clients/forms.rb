# Forms as Ruby's Net::HTTP sends them: forms.rb BASE COOKIE
require "net/http"
require "stringio"

base, cookie = ARGV
post = lambda do |name, fields|
  uri = URI("#{base}/#{name}")
  request = Net::HTTP::Post.new(uri, "Cookie" => cookie)
  request.set_form(fields, "multipart/form-data")
  answer = Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }
  puts "#{name} #{answer.code}"
end
post.("ruby-file", [["title", "a title"], ["file", StringIO.new("\0\xff"), { filename: "ha\u0142o \\ \"1\".txt" }]])
