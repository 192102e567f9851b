package core

import (
	"net/http"
	"net/url"
)

// ProxyFunc returns an http.Transport's Proxy function for the proxy of the
// settings; where that is empty, for what the environment says. Requests to this
// computer (a sandbox) go without one. ErrBadProxy: it is no URL.
func ProxyFunc(proxy string) (func(*http.Request) (*url.URL, error), error) {
	if proxy == "" {
		return proxyFor(http.ProxyFromEnvironment), nil
	}
	by, err := url.Parse(proxy)
	if err != nil || by.Host == "" {
		return nil, ErrBadProxy // url's error would repeat a password
	}
	return proxyFor(http.ProxyURL(by)), nil
}

// proxyFor narrows choose: a password does not travel to a proxy that is asked
// in plain HTTP, and neither does a key.
func proxyFor(choose func(*http.Request) (*url.URL, error)) func(*http.Request) (*url.URL, error) {
	return func(r *http.Request) (*url.URL, error) {
		if IsLoopback(r.URL.Hostname()) {
			return nil, nil
		}
		if r.URL.Scheme == "http" && r.Header.Get("Authorization") != "" {
			return nil, ErrPlainHTTP
		}
		by, err := choose(r)
		switch {
		case err != nil:
			return nil, ErrBadProxy
		case by != nil && by.User != nil && by.Scheme != "https" && !IsLoopback(by.Hostname()):
			return nil, ErrProxyPassword
		}
		return by, nil
	}
}
