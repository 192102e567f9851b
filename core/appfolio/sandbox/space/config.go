package space

import (
	"cmp"
	"time"

	"rentbell/core/appfolio/sandbox"
	"rentbell/core/appfolio/sandbox/story"
)

// What opens every Space. It secures nothing.
const (
	ClientID            = "sandbox-client" // of the Database API
	ClientSecret        = "sandbox-client-secret"
	DeveloperID         = "sandbox-developer"
	DatabaseID          = "sandbox-database" // doorbells name it beside the client
	ReportsClientID     = "sandbox-reports"
	ReportsClientSecret = "sandbox-reports-secret"
)

// Config is what a Space needs to know. Its zero value works. What it has in common
// with a sandbox.Config means the same.
type Config struct {
	Seed     uint64
	Now      func() time.Time
	Units    int           // of the portfolio; 0: story.Units
	Past     time.Duration // of history that can be read back; nobody rings for it
	Interval time.Duration // between facts of the live story; 0: 5 seconds; negative: none, only what is asked for

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
	Plain          bool          // properties have an address and no name, tenants no e-mail address
	ReportWrapped  bool          // its rows are in {"results":{"data":[…]}}
	ReportByGet    bool          // its further pages answer GET only
	MaxWindow      time.Duration // a question about changes since longer ago is refused with 533; 0: none is
	DatabaseLimits []Limit       // nil: AppFolio's; empty: none
	ReportsLimits  []Limit

	AllowAnywhere bool
	OnDelivery    func(sandbox.Delivery)
}

const defaultPage = 1000

func (c Config) withDefaults() Config {
	c.Units = cmp.Or(c.Units, story.Units)
	c.PageSize = cmp.Or(c.PageSize, defaultPage)
	c.ReportPage = cmp.Or(c.ReportPage, defaultPage)
	if c.DatabaseLimits == nil {
		c.DatabaseLimits = []Limit{{8, time.Second}, {256, time.Minute}, {4096, time.Hour}}
	}
	if c.ReportsLimits == nil {
		c.ReportsLimits = []Limit{{7, 15 * time.Second}}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}
