package core

import (
	"context"
	"time"
)

// In Developer Space a delivery is a doorbell: it says that something changed, and
// not what. The content is read back from AppFolio. The source
// does that; what it needs to remember lies in the store, so that neither a
// restart nor a week offline loses a doorbell.

// DeveloperSpace is the Source of Developer Space, which also reads back.
type DeveloperSpace interface {
	Source
	// Run reads back what doorbells announce and what changed unannounced, until
	// ctx ends. It does nothing while the account is of another kind.
	Run(ctx context.Context, d Desk)
	// Try asks AppFolio whether it accepts the account's credentials. receipts is
	// about the Reports API, nil where none is set up. Errors are *Refused, or
	// ErrNotSetUp.
	Try(ctx context.Context, a Account) (records, receipts error)
}

// Desk is what a DeveloperSpace works with: the Bell's side of reading back.
type Desk interface {
	Backlog
	// Account is the one in force.
	Account() Account
	Now() time.Time
	// Wake is nudged when there may be something to read: a doorbell, another
	// account, a line that is back, a user who asked.
	Wake() <-chan struct{}
	// Tell publishes how reading back goes.
	Tell(ReadStatus)
}

// Backlog is the part of a Store that reading back lives from.
type Backlog interface {
	// Lookups returns at most limit lookups, the earliest due first.
	Lookups(limit int) ([]Lookup, error)
	// Record returns what is last known of a thing; nil: nothing.
	Record(RecordKey) ([]byte, error)
	// EachRecord calls fn for every known thing of a kind until fn returns an
	// error or ctx ends. value is fn's own.
	EachRecord(ctx context.Context, kind string, fn func(id string, value []byte) error) error
	// ReadUpTo returns how far reading has come, under a name that the reader chose;
	// the zero time: it has not begun.
	ReadUpTo(name string) (time.Time, error)
	// Settle keeps what came of reading in one transaction: all or nothing. It
	// returns how many of the events are new.
	Settle(Settlement) (fresh int, err error)
	// PublicKeys are the vendor's as last fetched, as the source spells them; nil: never.
	PublicKeys() ([]byte, error)
	SavePublicKeys([]byte) error
}

// Lookup is a wish to look something up at AppFolio. It is kept until a Settlement
// fulfils it; doorbells of the same thing become one.
type Lookup struct {
	Topic string    // AppFolio's word: "work_orders"
	ID    string    // of the thing, as the doorbell gave it
	Gone  bool      // it was deleted, says the doorbell of the latest change
	Rings uint64    // doorbells so far; a Settlement fulfils those it knows of
	At    time.Time // of the latest change that a doorbell told of; zero: none told
	First time.Time
	Due   time.Time // not to be read before
	Tries int
}

// RecordKey names a thing that was read.
type RecordKey struct {
	Kind string // "workorder", "lease", "tenant", "receipt"…, the reader's choice
	ID   string
}

// Record is the last known state of a thing, in the reader's own spelling. It
// holds nothing that must not be on disk.
type Record struct {
	RecordKey
	Value []byte // nil: forget it
}

// Settlement is what came of reading back.
type Settlement struct {
	Events    []Event // derived facts; each is kept once, by its id
	Records   []Record
	Done      []Lookup           // fulfilled: off the queue, unless it rang again meanwhile
	Later     []Lookup           // to be tried again at their Due; never before a ring that came meanwhile
	Wanted    []Lookup           // put on the queue without a doorbell
	Rents     map[string]Cents   // what AppFolio says that leases pay a month, by lease id
	Imported  map[string]Cents   // what a rent roll says of that; never below zero
	Names     map[NameKey]string // what AppFolio calls things, behind names that a person gave; empty: it has none any more
	Bookmarks map[string]time.Time
	// Import is the report that Imported and Names come from, so that what they change can
	// be undone; zero: none.
	Import PastImport
}

// ReadStatus is how reading back goes.
type ReadStatus struct {
	Progress ReadProgress
	Done     int       // of Total, while loading
	Total    int       // 0: not known yet
	Waiting  int       // lookups on the queue
	At       time.Time // when AppFolio last answered
	Problem  error     // why reading does not go on; nil: it does
	RetryAt  time.Time // zero: at the next doorbell, or when the user acts
	Receipts error     // why receipts are not read; nil: they are, or none were asked for
}

// ReadProgress is what a reader does at present.
type ReadProgress int

// The states of reading back.
const (
	ReadOff     ReadProgress = iota // another connection kind, or not set up
	ReadLoading                     // the portfolio, for the first time
	ReadCurrent                     // nothing waits
	ReadBehind                      // something waits: for its turn, for AppFolio, or for the user
)
