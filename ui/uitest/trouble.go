package uitest

import (
	"time"

	"rentbell/core"
)

// Broken is a reader whose disk fails: its methods return core.ErrStorage.
type Broken struct{ core.Reader }

// Findings implements news.Radar.
func (Broken) Findings() []core.Found { return nil }

// Terms implements news.Radar.
func (Broken) Terms(string) core.LeaseTerms { return core.LeaseTerms{} }

func (Broken) NameOffers() ([]core.Offer, error)              { return nil, core.ErrStorage }
func (Broken) Summary() (core.Summary, error)                 { return core.Summary{}, core.ErrStorage }
func (Broken) Page(core.Feed, int, int) ([]core.Event, error) { return nil, core.ErrStorage }
func (Broken) Event(uint64) (core.Event, error)               { return core.Event{}, core.ErrStorage }
func (Broken) WorkOrders() ([]core.WorkOrderState, error)     { return nil, core.ErrStorage }
func (Broken) Totals(_, _ time.Time) ([]core.Total, error)    { return nil, core.ErrStorage }
