package core

import (
	"errors"
	"net/http"
	"net/url"
	"testing"
)

func TestNothingSecretTravelsReadable(t *testing.T) {
	tests := []struct {
		proxy, target string
		key           bool
		want          string // the proxy; empty: none
		err           error
	}{
		{"http://proxy:3128", "https://api.appfolio.com/", true, "http://proxy:3128", nil}, // by CONNECT, which hides it
		{"http://proxy:3128", "http://api.appfolio.com/", false, "http://proxy:3128", nil}, // a look for a sign-in page
		{"http://proxy:3128", "http://api.appfolio.com/", true, "", ErrPlainHTTP},
		{"", "http://api.appfolio.com/", true, "", ErrPlainHTTP},
		{"http://proxy:3128", "http://127.0.0.1:8090/", true, "", nil},
		{"http://proxy:3128", "http://LOCALHOST:8090/", true, "", nil},
		{"http://me:s3cr3t@proxy:3128", "https://api.appfolio.com/", true, "", ErrProxyPassword},
		{"socks5://me:s3cr3t@proxy:1080", "https://api.appfolio.com/", true, "", ErrProxyPassword},
		{"https://me:s3cr3t@proxy:3128", "https://api.appfolio.com/", true, "https://me:s3cr3t@proxy:3128", nil},
		{"http://me:s3cr3t@127.0.0.1:3128", "https://api.appfolio.com/", true, "http://me:s3cr3t@127.0.0.1:3128", nil},
	}
	for _, tt := range tests {
		choose := http.ProxyURL(nil)
		if tt.proxy != "" {
			by, err := url.Parse(tt.proxy)
			if err != nil {
				t.Fatal(err)
			}
			choose = http.ProxyURL(by)
		}
		r, err := http.NewRequest(http.MethodGet, tt.target, nil)
		if err != nil {
			t.Fatal(err)
		}
		if tt.key {
			r.Header.Set("Authorization", "Bearer s3cr3t")
		}
		got, err := proxyFor(choose)(r)
		if got == nil {
			got = &url.URL{}
		}
		if got.String() != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("to %s by %q: %q, %v, want %q, %v", tt.target, tt.proxy, got, err, tt.want, tt.err)
		}
	}
}
