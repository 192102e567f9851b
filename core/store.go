package core

import (
	"context"
	"errors"
	"time"
)

// Errors of a Store.
var (
	// ErrInUse: another process holds the data directory.
	ErrInUse = errors.New("the data is in use by another Rentbell")
	// ErrNewer: a later version of Rentbell wrote the data. It is left untouched.
	ErrNewer = errors.New("the data was written by a newer Rentbell")
	// ErrDamaged: a file with data cannot be read, or its parts do not fit
	// together. It is left untouched.
	ErrDamaged = errors.New("the file with the data is damaged")
	// ErrNoStore: the file with the data is a directory, a pipe or a device.
	ErrNoStore = errors.New("the file with the data is no file")
	// ErrStorage: the disk refused a commit; nothing was kept.
	ErrStorage = errors.New("the disk refused to keep it")
	// ErrNotFound: no such record.
	ErrNotFound = errors.New("not found")
)

// Store is Rentbell's memory. Its methods may be called from any goroutine;
// values that come back are the caller's own.
type Store interface {
	Ledger
	Reader
	Memo
	RadarMemo
	SharedMemo
	Backlog
	Keeper
}

// Ledger is the part of a Store that keeps deliveries.
type Ledger interface {
	// Add keeps an event and everything derived from it in one transaction
	// and returns once that is synced to disk. fresh is false when the id was
	// seen before, ever; then the first content stays. The event's Seq is
	// the one it was stored under.
	Add(e Event) (seq uint64, fresh bool, err error)
	// AddAll keeps the events and strays that one delivery holds, as Add and
	// Quarantine do, all of it in one transaction. fresh counts those that were new.
	AddAll(d Delivery) (fresh Kept, err error)
	// Quarantine keeps an authentic delivery that is no event, as durably. fresh is
	// false when the same body, byte for byte, was quarantined before.
	Quarantine(q Quarantined) (seq uint64, fresh bool, err error)
	// InQuarantine reports whether Quarantine would find nothing new. It writes nothing.
	InQuarantine(q Quarantined) bool
	// CountRejected notes a delivery with a bad signature: in memory at once,
	// on disk with the next commit, so that strangers cannot make us sync.
	CountRejected(at time.Time)
	// Copy keeps events of another store under the numbers that they have there, all of
	// them in one transaction. An error that is no ErrStorage says that they do not follow
	// those that are here; then nothing was kept.
	Copy(events []Event) error
	// MarkHandled takes concerns off the list; ErrNotFound when none of them is on it.
	MarkHandled(concerns ...uint64) error
}

// Kept counts what of one delivery was new.
type Kept struct{ Events, Strays int }

// Reader is the part of a Store that answers questions. Reads are short
// transactions: none of them holds up a delivery.
type Reader interface {
	Summary() (Summary, error)
	// Page returns at most limit events of a feed from row offset on, row 0
	// being the newest. Any row costs the same. Beyond the end: no rows.
	Page(feed Feed, offset, limit int) ([]Event, error)
	// Each calls fn for every event of q, in the order q asks for, until fn
	// returns an error or ctx ends.
	Each(ctx context.Context, q Query, fn func(Event) error) error
	// Skim calls fn with the payments of q, as many at a time as are quickly read,
	// until fn returns an error or ctx ends. It is Each for a search, which looks
	// at every payment and shows few, and for an export: several times as fast. The
	// slice is only lent.
	Skim(ctx context.Context, q Query, fn func([]Skimmed) error) error
	// EachQuarantined calls fn for every quarantined delivery, oldest first.
	EachQuarantined(ctx context.Context, fn func(Quarantined) error) error
	// Event returns one event, or ErrNotFound.
	Event(seq uint64) (Event, error)
	// History returns at most limit events of a subject, newest first.
	History(s Subject, limit int) ([]Event, error)
	WorkOrders() ([]WorkOrderState, error)
	Leases() ([]LeaseState, error)
	Tenants() ([]TenantState, error)
	// Concerns returns what needs attention, newest first, at most limit.
	Concerns(limit int) ([]Concern, error)
	// Totals sums payments by quarter of an hour from the one that holds
	// from up to (not including) to, oldest first, empty ones left out. Every
	// time zone's days are made of whole quarters.
	Totals(from, to time.Time) ([]Total, error)
}

// Memo is the part of a Store that remembers Rentbell's own affairs. None of it
// is secret.
type Memo interface {
	// Settings returns what was saved. With ErrSettings some of it could not be read and
	// is at its default; what is kept stays as it is until SaveSettings.
	Settings() (Settings, error)
	SaveSettings(Settings) error
	Registration() (Registration, error)
	SaveRegistration(Registration) error
	Presence() (Presence, error)
	SavePresence(Presence) error
	// Bookmark is how far the user has been told. Where none was saved, all is old.
	Bookmark() (Bookmark, error)
	SaveBookmark(Bookmark) error
	// Exports are those that are remembered, oldest first.
	Exports() ([]PastExport, error)
	SaveExports([]PastExport) error
	// Calendar is what calendars were told; zero: nothing yet.
	Calendar() (CalendarMemo, error)
	SaveCalendar(CalendarMemo) error
	// Reports is how the folder of reports went; zero: nothing came yet.
	Reports() (ReportsMemo, error)
	SaveReports(ReportsMemo) error
	// StatementAccount is the account that exported statements are of; zero: none was
	// made yet.
	StatementAccount() (StatementAccount, error)
	// MakeStatementAccount returns that account, and makes it when there is none.
	MakeStatementAccount() (StatementAccount, error)
	// Names are those that people gave and those that were learned.
	Names() (map[NameKey]Name, error)
	// SaveNames keeps some of them in one transaction; a zero Name is taken away.
	SaveNames(map[NameKey]Name) error
	// Renames is how many changes of names there have been.
	Renames() (uint64, error)
	// NamesAsOf is Names as they were when Renames was so many. Only changes since the
	// oldest export that is remembered are certain to be known.
	NamesAsOf(renames uint64) (map[NameKey]Name, error)
	// Layouts are those that people chose, oldest first.
	Layouts() ([]Layout, error)
	SaveLayouts([]Layout) error
	// LastImport is the last one that can be undone; zero: there is none.
	LastImport() (PastImport, error)
	// LastImportChange is what that one changed.
	LastImportChange() (ImportChange, error)
	// SaveImport keeps names, as SaveNames does, and terms, as SaveTerms does, with the
	// import that they come from, in one transaction. A zero PastImport: no import can be
	// undone from here on.
	SaveImport(PastImport, ImportChange, map[NameKey]Name, map[string]LeaseTerms) error
	// Touch notes on disk, cheaply and without waiting for it, that deliveries
	// can arrive at this time.
	Touch(at time.Time)
	// Touched is the last such time before the store was opened; zero: never.
	Touched() time.Time
}

// Bookmark is how far Rentbell and its user have got in the events. It is kept,
// so that a restart neither forgets what is still to be told nor tells it twice.
type Bookmark struct {
	Told uint64 `json:"told"` // with events up to this one the bell is done: it rang for them, or never will
	Seen uint64 `json:"seen"` // events up to this one have stood before the user's eyes
}

// CalendarMemo is what the calendars of other programs were told of the ends of leases.
type CalendarMemo struct {
	// Installation tells the events of one Rentbell from another's. It is made once, and
	// a restored backup does not bring another; empty: it is yet to be made.
	Installation string             `json:"installation"`
	Told         map[string]ToldEnd `json:"told"` // by lease id
}

// ToldEnd is the end of a lease as calendars were told it last.
type ToldEnd struct {
	Sequence  int  `json:"sequence"`
	Ends      Date `json:"ends"`
	Cancelled bool `json:"cancelled,omitempty"`
}

// ReportsMemo is what is remembered of the files that came into the folder of reports.
type ReportsMemo struct {
	Newest map[TableKind]ReportArrival `json:"newest"`
	Failed []FailedReport              `json:"failed"` // the last few, newest first
}

// Query selects events. The zero Query is every event, oldest first as stored.
type Query struct {
	AfterSeq uint64 // only events stored after this one
	// Payments asks for payments by the time they happened, oldest first,
	// From inclusive, To exclusive; AfterSeq does not apply.
	Payments bool
	From, To time.Time
	// Newest turns the order of payments around.
	Newest bool
	// Whole makes Skim tell also how a payment came.
	Whole bool
}

// Skimmed is a payment as a search or an export looks at it: without its delivery.
type Skimmed struct {
	Seq uint64
	At  time.Time // when it happened
	Payment
	Arrival // zero unless the query is for the Whole
}

// Arrival is how an event came.
type Arrival struct {
	ID, Type   string
	ReceivedAt time.Time
	Attention  Attention
}

// RadarMemo is the part of a Store that remembers what people decided about what is
// expected, and what they were told.
type RadarMemo interface {
	// Terms returns what is known of leases besides their events, by lease id.
	Terms() (map[string]LeaseTerms, error)
	// SaveTerms keeps those of some leases in one transaction; zero ones are taken away.
	SaveTerms(map[string]LeaseTerms) error
	// DueRules returns the rules of properties that have their own, by the property's name.
	DueRules() (map[string]DueRule, error)
	// SaveDueRules keeps some of them in one transaction; a zero DueRule is taken away.
	SaveDueRules(map[string]DueRule) error
	// Marks returns what became of findings, by their key.
	Marks() (map[FindingKey]Mark, error)
	// SaveMarks keeps some of them in one transaction; a zero Mark is taken away.
	SaveMarks(map[FindingKey]Mark) error
	// ToldSince is when the bell looked at findings first: what was so by then is not told.
	// Zero: it has not, or not since a backup was restored.
	ToldSince() (time.Time, error)
	SaveToldSince(time.Time) error
}

// SharedMemo is the part of a Store that remembers what its office has, by key: with it a
// change that was made here can be told from one that was made elsewhere.
type SharedMemo interface {
	Shared() (map[string]string, error)
	// SaveShared keeps some values in one transaction; an empty one is taken away.
	SaveShared(map[string]string) error
	// Handled returns the numbers of the events that were marked handled, in order, and
	// the number up to which events were deleted.
	Handled() (events []uint64, deleted uint64, err error)
	// HandleEvents takes the concerns of events off the list. Those that have none there
	// are passed over.
	HandleEvents(events []uint64) error
	// NumbersOf returns the numbers of the events that have these ids, in order. Ids that
	// are not known are passed over. It reads all that are.
	NumbersOf(ids []string) ([]uint64, error)
	Unshared() (Unshared, error)
	// SaveUnshared keeps it, also across a restore.
	SaveUnshared(Unshared) error
	// SaveStatementAccount makes statements be of the office's account.
	SaveStatementAccount(StatementAccount) error
}
