package core

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// Settings are the customer's choices, without any secret. They are passed by
// value and saved whole.
type Settings struct {
	Address     string    `json:"address"`      // reserved address to ask ngrok for, "https://name"; empty: the account's own
	AppFolioURL string    `json:"appfolio_url"` // base of AppFolio's API; empty: the real one
	Register    bool      `json:"register"`     // keep the public address registered with AppFolio
	Bell        Bells     `json:"bell"`
	MutedUntil  time.Time `json:"muted_until"`   // the bell is paused until then; zero: not paused
	CloseToTray bool      `json:"close_to_tray"` // closing the window keeps Rentbell listening
	ExportDir   string    `json:"export_dir"`    // last folder a file was exported to; empty: the documents folder
	Welcomed    bool      `json:"welcomed"`      // the first-run page was finished or left
}

// Bells says what notifies.
type Bells struct {
	Payments   bool `json:"payments"`
	WorkOrders bool `json:"work_orders"`
	Leases     bool `json:"leases"`
	Tenants    bool `json:"tenants"`
	Attention  bool `json:"attention"`
}

// DefaultSettings are those of a new installation.
func DefaultSettings() Settings {
	return Settings{
		Bell:        Bells{Payments: true, WorkOrders: true, Leases: true, Attention: true},
		CloseToTray: true,
	}
}

// Errors of Validate.
var (
	ErrBadAddress     = errors.New("address is no https:// name")
	ErrBadAppFolioURL = errors.New("AppFolio URL is no http:// or https:// URL")
)

// Validate reports the first setting that cannot be used.
func (s Settings) Validate() error {
	if s.Address != "" {
		u, err := url.Parse(s.Address)
		if err != nil || u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return fmt.Errorf("%w: %q", ErrBadAddress, s.Address)
		}
	}
	if s.AppFolioURL != "" {
		u, err := url.Parse(s.AppFolioURL)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return fmt.Errorf("%w: %q", ErrBadAppFolioURL, s.AppFolioURL)
		}
	}
	return nil
}

// Registration is the address AppFolio was last told, as remembered on disk.
type Registration struct {
	Base        string    `json:"base"`
	Address     string    `json:"address"` // the full URL; empty: never registered
	At          time.Time `json:"at"`
	Salt        []byte    `json:"salt"`        // of Fingerprint
	Fingerprint []byte    `json:"fingerprint"` // of the webhook secret; slow to guess, and never the secret
}

// Vault keeps secrets between runs.
type Vault interface {
	// Load returns what is kept; missing ones are zero. ErrNoVault: there is
	// no keychain to ask.
	Load() (Secrets, error)
	// Save keeps all three and forgets those that are zero.
	Save(Secrets) error
}

// ErrNoVault: this computer has no keychain that answers; secrets stay in memory.
var ErrNoVault = errors.New("no keychain on this computer")
