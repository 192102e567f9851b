package appfolio

import (
	"net/http"
	"net/url"
	"strings"
	"time"
)

// plainTimeout is for the look at what answers without TLS. Whatever stands in
// the way is near.
const plainTimeout = 2 * time.Second

// plainly is where the server of an https origin answers without TLS. That can
// be told for the usual port only.
func plainly(origin *url.URL) (plain *url.URL, possible bool) {
	if origin.Scheme != "https" || origin.Port() != "" && origin.Port() != "443" {
		return nil, false
	}
	return &url.URL{Scheme: "http", Host: strings.TrimSuffix(origin.Host, ":443"), Path: "/"}, true
}

// fromPortal reports whether p, which came without TLS, was made by a network
// that wants its user to sign in: it has something to show, or sends elsewhere.
// AppFolio itself would send to its https address.
func (p page) fromPortal(host string) bool {
	switch {
	case p.status == http.StatusOK, p.status == http.StatusNetworkAuthenticationRequired:
		return true
	case p.status/100 != 3 || p.location == nil:
		return false
	}
	return p.location.Scheme != "https" || !related(p.location.Hostname(), host)
}

// related reports whether two hosts are of one owner: the same, or both below
// the domain that the second is in, as www.appfolio.com and api.appfolio.com.
func related(other, host string) bool {
	other, host = strings.ToLower(other), strings.ToLower(host)
	if other == host {
		return true
	}
	_, domain, _ := strings.Cut(host, ".")
	return strings.Contains(domain, ".") && (other == domain || strings.HasSuffix(other, "."+domain))
}
