package launch

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"path/filepath"
	"strings"

	"rentbell/core"
	"rentbell/core/inbox"
	"rentbell/core/tunnel"
)

// ErrMissing says that an environment variable which this run needs is not set.
// The error that wraps it names the variable.
var ErrMissing = errors.New("environment variable is not set")

// Connection says how Rentbell reaches AppFolio and how AppFolio reaches
// Rentbell. AddFlags and ReadEnv fill it.
type Connection struct {
	Kind        core.Kind  // empty: the kind in Settings
	Space       core.Space // for developer-space; its ids are not secret, but are set by the same environment variables as the secrets
	Listen      string     // HOST:PORT of a loopback address; empty: use ngrok
	PublicURL   string     // address of the user's own tunnel that leads to Listen; empty: there is none
	ReportsDir  string     // for reports: the watched folder, an absolute path; empty: the one in Settings
	Register    bool
	AppFolioURL string
	Ngrok       core.TunnelOptions // only URL, Proxy, ConnectURL and ConnectCAs are used
	Secrets     core.Secrets
}

// AddFlags registers the flags that set c. Secrets have none: other users of
// the computer can read a process's arguments.
func (c *Connection) AddFlags(flags *flag.FlagSet) {
	flags.StringVar((*string)(&c.Kind), "kind", "", "connection `KIND` of your AppFolio account: webhook-api, developer-space or reports (default webhook-api)")
	flags.Func("reports-dir", "reports: the watched folder `DIR`, into which AppFolio's reports are saved", func(dir string) (err error) {
		c.ReportsDir, err = filepath.Abs(dir)
		return err
	})
	flags.StringVar(&c.Space.ReportsURL, "reports-url", "", "developer-space: base `URL` of the Reports API, https://COMPANY.appfolio.com")
	flags.StringVar(&c.Listen, "listen", "", "serve plain HTTP on this loopback `ADDRESS`, without a tunnel")
	flags.BoolVar(&c.Register, "register", false, "register the public address with AppFolio")
	flags.StringVar(&c.AppFolioURL, "appfolio-url", "", "`URL` of AppFolio's API (default https://api.appfolio.com)")
	flags.StringVar(&c.Ngrok.URL, "ngrok-url", "", "reserved address to ask ngrok for, `https://NAME`")
	flags.StringVar(&c.Ngrok.Proxy, "ngrok-proxy-url", "", "proxy on the way out, `http://HOST:PORT` or socks5://HOST:PORT (ngrok's proxy_url)")
	flags.StringVar(&c.PublicURL, "public-url", "", "with --listen: the address, `https://NAME`, of a tunnel of your own that leads there")
	flags.StringVar(&c.Ngrok.ConnectURL, "ngrok-connect-url", "", "`HOST:PORT` of ngrok's service (ngrok's connect_url)")
	flags.StringVar(&c.Ngrok.ConnectCAs, "ngrok-connect-cas", "", "PEM `FILE` of ngrok's service's certificates (ngrok's connect_cas)")
}

// Check returns an error for the first flag whose value cannot be used. It does
// not look at the secrets.
func (c *Connection) Check() error {
	if c.Listen != "" {
		if err := (tunnel.Loopback{Address: c.Listen}).Validate(); err != nil {
			return fmt.Errorf("--listen: %w", err)
		}
	}
	if c.PublicURL != "" && c.Listen == "" {
		return errors.New("--public-url needs --listen: the port that your own tunnel leads to")
	}
	if host, _, err := net.SplitHostPort(c.Ngrok.ConnectURL); c.Ngrok.ConnectURL != "" && (err != nil || host == "") {
		return fmt.Errorf("--ngrok-connect-url: %w", tunnel.ErrBadConnectURL)
	}
	if c.Kind == core.KindDeveloperSpace && c.Register {
		return errors.New("--register: a webhook of developer-space is registered by hand, in AppFolio")
	}
	if c.Kind == core.KindReports && c.Register {
		return errors.New("--register: with reports AppFolio has no address to deliver to")
	}
	return core.Settings{
		Kind: c.Kind, ReportsDir: c.ReportsDir, Space: c.Space, Address: c.Ngrok.URL, AppFolioURL: c.AppFolioURL, Proxy: c.Ngrok.Proxy, ManualAddress: c.PublicURL,
	}.Validate()
}

// CheckReports returns an error that names the flag if reports are to come into a folder
// that cannot be watched. dataDir is the folder of the data. A window asks its user
// instead, and a run goes on when a folder comes back.
func (c *Connection) CheckReports(dataDir string) error {
	switch {
	case c.Kind != core.KindReports:
		return nil
	case c.ReportsDir == "":
		return errors.New("--reports-dir is missing: the folder into which AppFolio's reports are saved")
	}
	if err := inbox.CheckDir(c.ReportsDir, dataDir); err != nil {
		return fmt.Errorf("--reports-dir: %w", err)
	}
	return nil
}

// CheckSecrets returns ErrMissing for the first variable that a run without a
// window needs and that is not set. A window can ask its user instead.
func (c *Connection) CheckSecrets() error {
	missing := func(name string) error { return fmt.Errorf("%w: %s", ErrMissing, name) }
	if c.Kind == core.KindDeveloperSpace {
		if name := c.missingOfSpace(); name != "" {
			return missing(name)
		}
	}
	switch {
	case !c.Kind.Delivered():
		return nil
	case c.Kind != core.KindDeveloperSpace && c.Secrets.WebhookSecret.IsZero():
		return missing(EnvWebhookSecret)
	case c.Listen == "" && c.Secrets.Authtoken.IsZero():
		return missing(EnvAuthtoken)
	case c.Register && c.Secrets.APIKey.IsZero():
		return missing(EnvAPIKey)
	}
	return nil
}

// missingOfSpace returns the name of the first variable that Developer Space
// needs and that is not set. The Reports API is optional; it needs both an id
// and a secret.
func (c *Connection) missingOfSpace() string {
	receipts := c.Space.ReportsClientID != "" || !c.Secrets.ReportsSecret.IsZero()
	for _, need := range []struct {
		missing bool
		name    string
	}{
		{c.Space.ClientID == "", EnvClientID},
		{c.Secrets.ClientSecret.IsZero(), EnvClientSecret},
		{c.Space.DeveloperID == "", EnvDeveloperID},
		{receipts && c.Space.ReportsClientID == "", EnvReportsClientID},
		{receipts && c.Secrets.ReportsSecret.IsZero(), EnvReportsSecret},
	} {
		if need.missing {
			return need.name
		}
	}
	return ""
}

func (c *Connection) override() core.Override {
	o := core.Override{Kind: c.Kind, Space: c.Space, Secrets: c.Secrets, AppFolioURL: c.AppFolioURL, ReportsDir: c.ReportsDir, Register: c.Register, Tunnel: c.Ngrok}
	switch {
	case c.Listen != "" && c.PublicURL != "":
		o.Tunnel = core.TunnelOptions{Kind: core.TunnelManual, Listen: c.Listen, URL: strings.TrimRight(c.PublicURL, "/")}
	case c.Listen != "":
		o.Tunnel.Kind, o.Tunnel.Listen = core.TunnelLoopback, c.Listen
	case !c.Secrets.Authtoken.IsZero(), c.Ngrok.URL != "":
		o.Tunnel.Kind = core.TunnelNgrok
	}
	return o
}

// Quoted returns a word of the command line in quotes, after a space, for use
// in an error. A word that does not look like a command is not repeated,
// because it may be a secret in the wrong place.
func Quoted(word string) string {
	const longest = 12
	odd := func(r rune) bool { return (r < 'a' || r > 'z') && r != '-' }
	if word == "" {
		return ""
	}
	if len(word) > longest || strings.ContainsFunc(word, odd) {
		return " word"
	}
	return fmt.Sprintf(" %q", word)
}
