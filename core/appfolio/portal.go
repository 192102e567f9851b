package appfolio

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// plainTimeout is for the request without TLS. A sign-in page is served by the
// local network, so it answers soon.
const plainTimeout = 2 * time.Second

// plainly returns the address of an https origin without TLS. That is known for
// the default port only.
func plainly(origin *url.URL) (plain *url.URL, possible bool) {
	if origin.Scheme != "https" || origin.Port() != "" && origin.Port() != "443" {
		return nil, false
	}
	return &url.URL{Scheme: "http", Host: strings.TrimSuffix(origin.Host, ":443"), Path: "/"}, true
}

// fromPortal reports whether p, fetched without TLS, is the sign-in page of a
// network: it has content, or redirects to another owner's host. AppFolio itself
// redirects to its https address.
func (p page) fromPortal(host string) bool {
	switch {
	case p.status == http.StatusOK, p.status == http.StatusNetworkAuthenticationRequired:
		return true
	case p.status/100 != 3 || p.location == nil:
		return false
	}
	return p.location.Scheme != "https" || !related(p.location.Hostname(), host)
}

// related reports whether two hosts have one owner: they are the same, or both are
// below one domain, as www.appfolio.com and api.appfolio.com.
func related(other, host string) bool {
	other, host = strings.ToLower(other), strings.ToLower(host)
	if other == host {
		return true
	}
	_, domain, _ := strings.Cut(host, ".")
	return strings.Contains(domain, ".") && (other == domain || strings.HasSuffix(other, "."+domain))
}
