<?php
// Forms as PHP sends them: forms.php BASE COOKIE
[, $base, $cookie] = $argv;

function post(string $name, $body, array $headers = []): void
{
    global $base, $cookie;
    $curl = curl_init("$base/$name");
    curl_setopt_array($curl, [
        CURLOPT_POSTFIELDS => $body,
        CURLOPT_HTTPHEADER => ["Cookie: $cookie", ...$headers],
        CURLOPT_RETURNTRANSFER => true,
    ]);
    curl_exec($curl);
    echo $name, ' ', curl_getinfo($curl, CURLINFO_RESPONSE_CODE), "\n";
}

post('php-file', ['title' => 'a title', 'file' => new CURLStringFile("\0\xff", "ha\xb3o.txt", 'text/plain')]);
post('php-path', ['file' => new CURLStringFile('x', 'C:\\temp\\a "b".txt', 'text/plain')]);
post('php-query', http_build_query(['title' => "\xb3", 'a' => ['b' => ['c' => 'd']]]));
post('php-json', json_encode(['a' => INF], JSON_PARTIAL_OUTPUT_ON_ERROR), ['Content-Type: application/json']);
