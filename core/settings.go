package core

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Settings are the customer's choices, without any secret. They are passed by
// value and saved whole.
type Settings struct {
	Kind          Kind       `json:"kind"`           // of the connection with AppFolio; empty: webhook API
	Space         Space      `json:"space"`          // developer-space: the account
	ReportsDir    string     `json:"reports_dir"`    // reports: the watched folder, an absolute path; empty: none is chosen
	Door          TunnelKind `json:"door"`           // ngrok or manual; empty: ngrok
	Address       string     `json:"address"`        // reserved address to ask ngrok for, "https://name"; empty: the account's own
	Proxy         string     `json:"proxy"`          // on the way to ngrok and AppFolio, "http://host:port" or "socks5://host:port"; empty: none
	ManualAddress string     `json:"manual_address"` // manual: the public address, "https://name"
	ManualPort    int        `json:"manual_port"`    // manual: the port on this computer it leads to
	Closed        bool       `json:"closed"`         // the user closed the address; it stays so until opened
	AppFolioURL   string     `json:"appfolio_url"`   // base of AppFolio's API; empty: the real one
	Register      bool       `json:"register"`       // keep the public address registered with AppFolio
	Bell          Bells      `json:"bell"`
	Radar         Radar      `json:"radar"`
	MutedUntil    time.Time  `json:"muted_until"`   // the bell is paused until then; zero: not paused
	CloseToTray   bool       `json:"close_to_tray"` // closing the window keeps Rentbell listening
	Look          Look       `json:"look"`          // of the window
	ExportDir     string     `json:"export_dir"`    // last folder a file was exported to; empty: the documents folder
	Exports       Exports    `json:"exports"`       // what the export dialog begins with
	Company       string     `json:"company"`       // name of the user's company, for papers: one line; empty: left out
	Welcomed      bool       `json:"welcomed"`      // the first-run page was finished or left
	KeepYears     int        `json:"keep_years"`    // records of more full years ago are deleted; 0: none is, ever
	// LookForUpdates has the window look for a newer Rentbell once a week.
	LookForUpdates bool `json:"look_for_updates"`
}

// Override holds settings and secrets for one run. Zero fields leave what is saved.
type Override struct {
	Kind        Kind
	Space       Space
	Secrets     Secrets
	AppFolioURL string
	ReportsDir  string // an absolute path
	Register    bool
	Tunnel      TunnelOptions // its authtoken is in Secrets
}

// Bells says what notifies, and when. See Settings.Verdict.
type Bells struct {
	Kinds // these ring

	Sound    Kinds `json:"sound"`     // of these the system may make a sound
	InDigest Kinds `json:"in_digest"` // these wait for the digest, when there is one
	Says     Says  `json:"says"`

	Smallest Cents    `json:"smallest"` // payments below it do not ring; 0: all ring
	Statuses Statuses `json:"statuses"` // the only work-order statuses that ring; empty: all ring
	Quiet    Quiet    `json:"quiet"`
	Digest   Digest   `json:"digest"`
}

// DefaultSettings are those of a new installation.
func DefaultSettings() Settings {
	return Settings{
		Bell: Bells{
			Kinds:    Kinds{Payments: true, WorkOrders: true, Leases: true, Attention: true},
			Sound:    Kinds{Payments: true, Leases: true},
			InDigest: Kinds{Payments: true, WorkOrders: true, Leases: true, Tenants: true},
			Says:     Says{Tenant: true, Amount: true, Place: true},
			Quiet:    Quiet{From: 21 * 60, To: 7 * 60, Days: EveryDay, Emergencies: true},
			Digest:   Digest{At: 8*60 + 30},
		},
		Radar:       defaultRadar(),
		CloseToTray: true,
		Look:        Look{Appearance: AppearanceSystem, TextSize: 100},
	}
}

// Errors of Validate. None repeats what was typed: it may be a secret in the
// wrong place, or an address with a password in it.
var (
	ErrBadAddress     = errors.New("address is no https:// name")
	ErrBadAppFolioURL = errors.New("AppFolio URL is no https:// URL")
	ErrBadProxy       = errors.New("proxy is no http:// or socks5:// HOST:PORT")
	ErrProxyPassword  = errors.New("proxy has a password, which is not kept")
	ErrBadPort        = errors.New("port is not between 1 and 65535")
	ErrBadBell        = errors.New("bell rule is out of range")
	ErrBadReportsDir  = errors.New("folder of reports is no absolute path")
	ErrNoAddress      = errors.New("a manual tunnel needs its public address")
	ErrLongCompany    = errors.New("company's name is longer than a line")
)

// MostCompany is how many characters Settings.Company has at most.
const MostCompany = 100

// Validate reports the first setting that cannot be used.
func (s Settings) Validate() error {
	if s.Address != "" && !isAddress(s.Address) {
		return fmt.Errorf("reserved address: %w", ErrBadAddress)
	}
	if err := checkBase(s.AppFolioURL, ErrBadAppFolioURL); err != nil {
		return err
	}
	if err := s.Kind.validate(); err != nil {
		return err
	}
	if err := s.Space.validate(); err != nil {
		return err
	}
	if s.ReportsDir != "" && (!filepath.IsAbs(s.ReportsDir) || len(s.ReportsDir) > longestPath) {
		return ErrBadReportsDir
	}
	if err := validateProxy(s.Proxy); err != nil {
		return err
	}
	if err := s.Bell.validate(); err != nil {
		return err
	}
	if err := s.Radar.validate(); err != nil {
		return err
	}
	if err := s.Look.validate(); err != nil {
		return err
	}
	if OneLine(s.Company) != s.Company || utf8.RuneCountInString(s.Company) > MostCompany {
		return ErrLongCompany
	}
	if s.KeepYears < 0 || s.KeepYears > MostYears {
		return fmt.Errorf("%w: %d", ErrBadYears, s.KeepYears)
	}
	return s.validateManual()
}

// longestPath bounds the path of a folder, in bytes; Linux takes no longer one.
const longestPath = 4096

// ErrSettings: some of the saved settings cannot be used; they are at their default.
var ErrSettings = errors.New("saved settings cannot be used")

// Mended returns s with what Validate refuses at its default, and an ErrSettings that
// names it. Another version of Rentbell, or a damaged file, may have left anything.
func (s Settings) Mended() (Settings, error) {
	var names []string
	for _, part := range []struct {
		name string
		take func(to *Settings, from Settings)
	}{
		{"kind", func(to *Settings, from Settings) { to.Kind = from.Kind }},
		{"space", func(to *Settings, from Settings) { to.Space = from.Space }},
		{"reports_dir", func(to *Settings, from Settings) { to.ReportsDir = from.ReportsDir }},
		{"address", func(to *Settings, from Settings) { to.Address = from.Address }},
		{"manual address and port", func(to *Settings, from Settings) {
			to.Door, to.ManualAddress, to.ManualPort = from.Door, from.ManualAddress, from.ManualPort
		}},
		{"proxy", func(to *Settings, from Settings) { to.Proxy = from.Proxy }},
		{"appfolio_url", func(to *Settings, from Settings) { to.AppFolioURL = from.AppFolioURL }},
		{"smallest payment", func(to *Settings, from Settings) { to.Bell.Smallest = from.Bell.Smallest }},
		{"quiet hours", func(to *Settings, from Settings) { to.Bell.Quiet = from.Bell.Quiet }},
		{"digest", func(to *Settings, from Settings) { to.Bell.Digest = from.Bell.Digest }},
		{"due day and grace", func(to *Settings, from Settings) { to.Radar.Rule = from.Radar.Rule }},
		{"ladder", func(to *Settings, from Settings) { to.Radar.Rung = from.Radar.Rung }},
		{"look", func(to *Settings, from Settings) { to.Look = from.Look }},
		{"company", func(to *Settings, from Settings) { to.Company = from.Company }},
		{"keep_years", func(to *Settings, from Settings) { to.KeepYears = from.KeepYears }},
	} {
		probe := DefaultSettings()
		if part.take(&probe, s); probe.Validate() != nil {
			part.take(&s, DefaultSettings())
			names = append(names, part.name)
		}
	}
	if names == nil {
		return s, nil
	}
	return s, fmt.Errorf("%w: %s", ErrSettings, strings.Join(names, ", "))
}

func (s Settings) validateManual() error {
	switch {
	case s.ManualAddress != "" && !isAddress(s.ManualAddress):
		return fmt.Errorf("public address: %w", ErrBadAddress)
	case s.ManualPort < 0 || s.ManualPort > 65535 || s.Door == TunnelManual && s.ManualPort == 0:
		return fmt.Errorf("%w: %d", ErrBadPort, s.ManualPort)
	case s.Door == TunnelManual && s.ManualAddress == "":
		return ErrNoAddress
	}
	return nil
}

// isAddress reports whether text is "https://" and a name, perhaps with a port.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "https" && u.Host != "" && strings.Trim(u.Path, "/") == "" &&
		u.User == nil && u.RawQuery == "" && u.Fragment == ""
}

// validateProxy keeps passwords out of the settings, which are a file. The
// error does not repeat them.
func validateProxy(text string) error {
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	switch {
	case strings.Contains(text, "@"): // also where the rest is no URL
		return ErrProxyPassword
	case err != nil || u.Scheme != "http" && u.Scheme != "socks5" || u.Hostname() == "" || u.Port() == "" ||
		strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return ErrBadProxy
	}
	return nil
}

// Tunnel is how these settings want to be reached.
func (s Settings) Tunnel() TunnelOptions {
	if s.Door == TunnelManual {
		return TunnelOptions{
			Kind: TunnelManual, URL: strings.TrimRight(s.ManualAddress, "/"),
			Listen: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.ManualPort)),
		}
	}
	return TunnelOptions{Kind: TunnelNgrok, URL: s.Address, Proxy: s.Proxy}
}

// Registration is the address AppFolio was last told, as remembered on disk.
type Registration struct {
	Base        string    `json:"base"`
	Address     string    `json:"address"` // the full URL; empty: never registered
	ID          string    `json:"id"`      // AppFolio's own; empty: it told none
	At          time.Time `json:"at"`
	Salt        []byte    `json:"salt"`        // of Fingerprint
	Fingerprint []byte    `json:"fingerprint"` // of the webhook secret; slow to guess, and never the secret
	Stale       []string  `json:"stale"`       // ids of earlier registrations of ours, still to be taken back
	// Proven is the webhook secret under which a delivery was authentic last, whoever
	// told it to AppFolio.
	Proven Fingerprint `json:"proven,omitzero"`
}

// Fingerprint recognizes a secret, is slow to guess, and is never the secret.
type Fingerprint struct {
	Salt  []byte `json:"salt"`
	Print []byte `json:"print"`
}
