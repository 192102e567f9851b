package core

import (
	"cmp"
	"encoding/json"
	"strings"
	"time"
)

// The event types that Rentbell understands. Any other type is
// kept and shown under Activity.
const (
	TypeTenantCreated    = "tenant.created"
	TypeWorkOrderUpdated = "work_order.updated"
	TypePaymentReceived  = "payment.received"
	TypeLeaseSigned      = "lease.signed"
	TypeLeaseExpired     = "lease.expired"
)

// The types of a Move. No webhook of the contract has them; they are read back.
const (
	TypeMovedIn  = "tenant.moved_in"
	TypeNotice   = "tenant.notice"
	TypeMovedOut = "tenant.moved_out"
)

// TypeTenantUpdated tells that the record of a tenant cannot be read any more.
const TypeTenantUpdated = "tenant.updated"

// KnownTypes is what a registration asks AppFolio for, in the contract's order.
func KnownTypes() []string {
	return []string{TypeTenantCreated, TypeWorkOrderUpdated, TypePaymentReceived, TypeLeaseSigned, TypeLeaseExpired}
}

// Event is one authentic delivery as it is kept.
type Event struct {
	Seq        uint64    // position in the store, from 1, never reused; 0 before it is stored
	ID         string    // AppFolio's id, 1 to 512 bytes; what duplicates are known by
	Type       string    // 1 to 128 bytes
	OccurredAt time.Time // UTC; created_at where that is a valid RFC 3339 time and may be right, else ReceivedAt
	ReceivedAt time.Time // UTC
	Detail     Detail    // nil for types Rentbell does not know
	Attention  Attention // zero when all is well
	Body       []byte    // the delivery exactly as it was signed; of a batch, the event's part; of what was read back, as the contract would spell it
	Past       bool      // came with a first load: it shows, and never rings
}

// Data returns the delivery's data member as sent, digit for digit, or null
// where it has none. A doorbell is all data.
func (e Event) Data() json.RawMessage {
	if e.IsDoorbell() {
		return e.Body
	}
	var members map[string]json.RawMessage // a map, because struct fields match keys in any case
	if err := json.Unmarshal(e.Body, &members); err != nil || members["data"] == nil {
		return json.RawMessage("null")
	}
	return members["data"]
}

// Detail is the typed content of a known event: Payment, WorkOrder,
// LeaseSigned, LeaseExpired, Tenant, Move or Doorbell. A field that was missing or of the wrong
// kind is zero there, and the event's Attention says so.
type Detail interface {
	// Feed is the page the event belongs to, besides Activity; FeedActivity: no
	// other.
	Feed() Feed
	// Subject is what the event is about; its history is one look-up.
	Subject() Subject
}

// Feed names a page of events, newest first.
type Feed string

// The feeds. Activity holds every event, whatever its type.
const (
	FeedActivity   Feed = "activity"
	FeedPayments   Feed = "payments"
	FeedWorkOrders Feed = "workorders"
	FeedLeases     Feed = "leases"
	FeedTenants    Feed = "tenants"
)

// Subject is a thing events are about: a lease, a work order, a tenant. The
// zero Subject stands for an event whose id was unusable.
type Subject struct {
	Kind string // "lease", "workorder" or "tenant"
	ID   string
}

// Place holds the names AppFolio sent along. The contract only promises ids, so
// each may be empty; nothing depends on them but what people read.
type Place struct {
	Tenant   string // the person or people
	Property string
	Unit     string
}

// Payment is rent or other money received.
type Payment struct {
	Place
	Lease       string
	Amount      Cents // negative for a refund
	AmountKnown bool  // false: the amount was missing or unusable, and Amount is no figure
	Method      string
	Memo        string // what it is for, e.g. "June rent"; may be empty
	Reference   string // may be empty
}

// WorkOrder is one step in a work order's life.
type WorkOrder struct {
	Place
	ID       string
	Status   string // AppFolio's word, e.g. "Assigned"
	Vendor   string // empty: none yet
	VendorID string // what AppFolio sent, where Vendor is a name from a NameTable; else empty
	Title    string // may be empty
	Priority string // may be empty
	Number   string // what people call it, e.g. "1234-1"; empty: they go by the ID
}

// Called is what people call a work order: AppFolio's number for it, or else its id.
func (w WorkOrder) Called() string { return cmp.Or(w.Number, w.ID) }

// Urgent goes by AppFolio's two highest priorities.
func (w WorkOrder) Urgent() bool { return Statuses("emergency,urgent").Has(w.Priority) }

// LeaseSigned says that a lease was signed.
type LeaseSigned struct {
	Place
	Lease  string
	MoveIn Date
	Months int // 0: month to month
}

// LeaseExpired says that a lease has run out.
type LeaseExpired struct {
	Place
	Lease  string
	UnitID string
	Vacate Date
}

// Tenant is a new tenant. Property is AppFolio's id; empty, it may be archived.
type Tenant struct {
	Place
	ID         string
	PropertyID string
	Email      string
}

// Move is a step of a tenant's stay.
type Move struct {
	Place
	ID         string // of the tenant
	PropertyID string // may be empty
	Step       MoveStep
	On         Date // the day of moving in or out; zero: not known
}

// MoveStep is how far a tenant has got.
type MoveStep string

// The steps of a Move.
const (
	MovedIn     MoveStep = "moved-in"
	NoticeGiven MoveStep = "notice" // by either side; On is the day of moving out
	MovedOut    MoveStep = "moved-out"
)

// MoveSteps are the steps by event type.
func MoveSteps() map[string]MoveStep {
	return map[string]MoveStep{TypeMovedIn: MovedIn, TypeNotice: NoticeGiven, TypeMovedOut: MovedOut}
}

// Doorbell says that something changed at AppFolio, and not what. Its event's
// type is the topic.
type Doorbell struct {
	Topic  string // AppFolio's word: "work_orders"
	Entity string // id of the thing; empty: the doorbell names none
	Change string // "create", "update", "destroy"…; may be empty
}

// IsDoorbell reports whether the event only says that something changed.
func (e Event) IsDoorbell() bool {
	_, is := e.Detail.(Doorbell)
	return is
}

// ReadBack reports whether the event was found in AppFolio's records: its id is
// Rentbell's own then, made of the kind and the id of what it is about.
func (e Event) ReadBack() bool {
	kind, _, marked := strings.Cut(e.ID, ":")
	return marked && (kind == e.Type || kind == "work_order" || kind == "receipt")
}

// NoNumber begins the id of a receipt to which AppFolio gave none that can be used.
const NoNumber = "?"

// ReceiptNumber is AppFolio's number of the receipt that an event with this id was read
// from; empty for any other event.
func ReceiptNumber(id string) string {
	rest, is := strings.CutPrefix(id, "receipt:")
	if !is || strings.HasPrefix(rest, NoNumber) {
		return ""
	}
	number, _, _ := strings.Cut(rest, ":") // a correction's id goes on
	return number
}

// Gone reports whether the thing was deleted.
func (d Doorbell) Gone() bool { return d.Change == "destroy" || d.Change == "delete" }

func (Payment) Feed() Feed      { return FeedPayments }
func (WorkOrder) Feed() Feed    { return FeedWorkOrders }
func (LeaseSigned) Feed() Feed  { return FeedLeases }
func (LeaseExpired) Feed() Feed { return FeedLeases }
func (Tenant) Feed() Feed       { return FeedTenants }
func (Move) Feed() Feed         { return FeedActivity }
func (Doorbell) Feed() Feed     { return FeedActivity }

func (p Payment) Subject() Subject      { return subject("lease", p.Lease) }
func (w WorkOrder) Subject() Subject    { return subject("workorder", w.ID) }
func (l LeaseSigned) Subject() Subject  { return subject("lease", l.Lease) }
func (l LeaseExpired) Subject() Subject { return subject("lease", l.Lease) }
func (t Tenant) Subject() Subject       { return subject("tenant", t.ID) }
func (m Move) Subject() Subject         { return subject("tenant", m.ID) }
func (Doorbell) Subject() Subject       { return Subject{} } // its story is told by what is read back

func subject(kind, id string) Subject {
	if id == "" {
		return Subject{}
	}
	return Subject{kind, id}
}

// Attention says why an event needs a person's eye. The zero value: it does not.
type Attention struct {
	Reason Reason
	Field  string // the member it is about, e.g. "amount_cents"
}

// IsZero reports whether nothing is wrong.
func (a Attention) IsZero() bool { return a.Reason == "" }

// Reason is a code; package ui has the words.
type Reason string

// Why an event needs attention.
const (
	ReasonMissing    Reason = "missing"     // a field of the contract is not there
	ReasonWrongKind  Reason = "wrong-kind"  // text for a number, a fraction of a cent, no civil date…
	ReasonNoProperty Reason = "no-property" // a tenant without a property: it may be archived
	ReasonTime       Reason = "odd-time"    // when it happened cannot be right; the time of receipt counts
)

// Why an authentic delivery could not be read and went into quarantine whole.
const (
	ReasonNotObject    Reason = "not-a-json-object"
	ReasonNoID         Reason = "no-usable-id"
	ReasonNoType       Reason = "no-usable-type"
	ReasonOtherAccount Reason = "another-account" // AppFolio signs for every customer alike
)

// Quarantined is an authentic delivery that is no event. It has no id: what is known
// by its body is kept once.
type Quarantined struct {
	Seq        uint64 // its own count, from 1
	ReceivedAt time.Time
	Reason     Reason
	Body       []byte
	// SampleOf says what it is only a sample of: the first one is kept, whatever the
	// bodies of others. Empty, it stands for itself. It is not stored with it.
	SampleOf string
}
