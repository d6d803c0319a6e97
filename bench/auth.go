// The auth server behind nginx's auth_request and Caddy's forward_auth in make bench: a session's cookie is looked up in memory.
package main

import (
	"net/http"
	"os"
)

func main() {
	sessions := map[string]string{os.Args[2]: "alice"}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie("sid")
		if err != nil || sessions[cookie.Value] == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("X-Auth-User", sessions[cookie.Value])
		w.WriteHeader(http.StatusOK)
	})
	panic(http.ListenAndServe(os.Args[1], nil))
}
