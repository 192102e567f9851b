package sandbox

import (
	"cmp"
	"time"
)

// Credentials open a Space. The defaults are for whoever plays with it.
type Credentials struct {
	ClientID, ClientSecret, DeveloperID  string // of the Database API
	DatabaseID                           string // which doorbells name beside the client
	ReportsClientID, ReportsClientSecret string // of the Reports API
}

// DefaultCredentials are accepted where a SpaceConfig names no others.
func DefaultCredentials() Credentials {
	return Credentials{
		ClientID: "sandbox-client", ClientSecret: "sandbox-client-secret", DeveloperID: "sandbox-developer",
		DatabaseID:      "sandbox-database",
		ReportsClientID: "sandbox-reports", ReportsClientSecret: "sandbox-reports-secret",
	}
}

func (c Credentials) withDefaults() Credentials {
	d := DefaultCredentials()
	return Credentials{
		ClientID: cmp.Or(c.ClientID, d.ClientID), ClientSecret: cmp.Or(c.ClientSecret, d.ClientSecret),
		DeveloperID: cmp.Or(c.DeveloperID, d.DeveloperID), DatabaseID: cmp.Or(c.DatabaseID, d.DatabaseID),
		ReportsClientID:     cmp.Or(c.ReportsClientID, d.ReportsClientID),
		ReportsClientSecret: cmp.Or(c.ReportsClientSecret, d.ReportsClientSecret),
	}
}

// SpaceConfig is what a Space needs to know. Its zero value works. What it has
// in common with a Config means the same.
type SpaceConfig struct {
	Credentials Credentials
	Seed        uint64
	Now         func() time.Time
	Units       int           // of the portfolio; 0: the story's 47
	Past        time.Duration // of history that can be read back; nobody rings for it
	Interval    time.Duration // between beats of the live story; 0: 5 seconds; negative: none, only what is asked for

	Form          Form // of the doorbells
	Disorder      int  // so many doorbells are collected and told in a random order; 0: each at once
	StrangerEvery int  // about one doorbell in so many is followed by one of another customer; 0: none
	Attempts      int  // negative: until it is acknowledged
	Backoff       time.Duration
	Timeout       time.Duration
	RepeatEvery   int

	Lag            time.Duration // until readers see in the Database API what changed
	ReceiptLag     time.Duration // and in the Reports API
	PageSize       int           // at most so many records a page; 0: 1,000
	ReportPage     int           // rows a page; 0: 1,000
	MaxWindow      time.Duration // a question about changes since longer ago is refused with 533; 0: none is
	DatabaseLimits []Limit       // nil: AppFolio's; empty: none
	ReportsLimits  []Limit

	AllowAnywhere bool
	OnDelivery    func(Delivery)
}

const defaultPage = 1000

func (c SpaceConfig) withDefaults() SpaceConfig {
	c.Credentials = c.Credentials.withDefaults()
	c.Units = cmp.Or(c.Units, len(portfolio))
	c.Interval = cmp.Or(c.Interval, defaultInterval)
	c.Attempts = cmp.Or(c.Attempts, defaultAttempts)
	c.Backoff = cmp.Or(c.Backoff, defaultBackoff)
	c.Timeout = cmp.Or(c.Timeout, defaultTimeout)
	c.RepeatEvery = cmp.Or(c.RepeatEvery, defaultRepeatEvery)
	c.PageSize = cmp.Or(c.PageSize, defaultPage)
	c.ReportPage = cmp.Or(c.ReportPage, defaultPage)
	if c.DatabaseLimits == nil {
		c.DatabaseLimits = databaseLimits()
	}
	if c.ReportsLimits == nil {
		c.ReportsLimits = reportsLimits()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}
