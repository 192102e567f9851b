package core

import (
	"cmp"
	"errors"
	"regexp"
	"strings"
	"unicode"
)

// Kind is how a customer is connected with AppFolio: which deliveries come, and
// how they are signed.
type Kind string

// The connection kinds, as flags and settings spell them.
const (
	KindWebhookAPI     Kind = "webhook-api"     // deliveries that say it all, signed with the customer's secret
	KindDeveloperSpace Kind = "developer-space" // doorbells, signed by AppFolio; what they are about is read back
	KindReports        Kind = "reports"         // no deliveries: reports that people save, or e-mail programs, into a folder
	KindOffice         Kind = "office"          // no deliveries: what another computer of the office has received
)

// Account is the customer's side of a connection: whose deliveries count, and
// how AppFolio is asked.
type Account struct {
	Kind    Kind
	Base    string // AppFolio's API, without a trailing slash; empty: the real one
	Proxy   string // on the way out; empty: what the environment says
	Space   Space
	Secrets Secrets
	Reports string // the folder that reports come into, an absolute path
}

// Complete reports whether Rentbell knows what to take in: deliveries can be told from a
// stranger's, or the folder is known that reports come into. An office is known beside the
// account.
func (a Account) Complete() bool {
	switch a.Kind {
	case KindDeveloperSpace:
		return a.Space.ClientID != ""
	case KindReports:
		return a.Reports != ""
	case KindOffice:
		return true
	}
	return !a.Secrets.WebhookSecret.IsZero()
}

// Delivered reports whether AppFolio delivers to an address of this computer: with reports
// there is none, and in an office the receiver has it.
func (k Kind) Delivered() bool { return k != KindReports && k != KindOffice }

// Space is a Developer Space account, as AppFolio's own pages show it. The
// secrets that belong to it are in Secrets.
type Space struct {
	ClientID        string `json:"client_id"`
	DeveloperID     string `json:"developer_id"`
	DatabaseID      string `json:"database_id"` // empty: not checked
	Company         string `json:"company"`     // of https://COMPANY.appfolio.com; for receipts
	ReportsClientID string `json:"reports_client_id"`
	ReportsURL      string `json:"reports_url"` // base of the Reports API in place of the company's; empty: that
}

// Receipts reports whether receipts can be read: there is a Reports API to ask.
func (s Space) Receipts() bool {
	return s.ReportsClientID != "" && (s.Company != "" || s.ReportsURL != "")
}

// Over returns s with the gaps filled from below.
func (s Space) Over(below Space) Space {
	return Space{
		ClientID:        cmp.Or(s.ClientID, below.ClientID),
		DeveloperID:     cmp.Or(s.DeveloperID, below.DeveloperID),
		DatabaseID:      cmp.Or(s.DatabaseID, below.DatabaseID),
		Company:         cmp.Or(s.Company, below.Company),
		ReportsClientID: cmp.Or(s.ReportsClientID, below.ReportsClientID),
		ReportsURL:      cmp.Or(s.ReportsURL, below.ReportsURL),
	}
}

// Errors of reading back.
var (
	// ErrCredentials: AppFolio refuses the client id, the client secret or the
	// developer id.
	ErrCredentials = errors.New("AppFolio refuses the credentials")
	// ErrReportsCredentials: the same of those of the Reports API. It stands before
	// an ErrCredentials.
	ErrReportsCredentials = errors.New("the Reports API refuses the credentials")
	// ErrUnavailable: the records cannot be read for a while, as in AppFolio's
	// nightly maintenance.
	ErrUnavailable = errors.New("AppFolio's records are unavailable")
)

// Errors of Validate that are about the connection kind.
var (
	ErrBadKind       = errors.New("connection kind is none of webhook-api, developer-space, reports and office")
	ErrBadReportsURL = errors.New("reports URL is no https:// URL")
	ErrBadCompany    = errors.New("company is no name of an AppFolio address")
	ErrBadAccountID  = errors.New("id holds spaces or is too long")
)

// longestAccountID is far above what AppFolio hands out (a UUID), in bytes.
const longestAccountID = 200

// company is a host's label (RFC 1123): it becomes a part of an address that
// credentials are sent to.
var company = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

func (k Kind) validate() error {
	switch k {
	case "", KindWebhookAPI, KindDeveloperSpace, KindReports, KindOffice:
		return nil
	}
	return ErrBadKind
}

func (s Space) validate() error {
	if s.Company != "" && !company.MatchString(s.Company) {
		return ErrBadCompany
	}
	if err := checkBase(s.ReportsURL, ErrBadReportsURL); err != nil {
		return err
	}
	for _, id := range []string{s.ClientID, s.DeveloperID, s.DatabaseID, s.ReportsClientID} {
		odd := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }
		if len(id) > longestAccountID || strings.ContainsFunc(id, odd) {
			return ErrBadAccountID
		}
	}
	return nil
}
