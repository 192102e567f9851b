package office

import "strconv"

// What an office keeps in NATS JetStream. Sequence numbers of the stream are those of the
// receiver's store.
const (
	StreamEvents   = "EVENTS"
	subjectEvents  = "event." // and the epoch
	BucketOffice   = "office"
	BucketSnapshot = "snapshots"
	// StreamSnapshot is the stream of BucketSnapshot, as NATS names it.
	StreamSnapshot = "OBJ_" + BucketSnapshot
	// Key-value buckets that desks write, too. See package shared.
	BucketNames   = "names"
	BucketHandled = "handled"
	BucketTerms   = "terms"
	BucketExports = "exports"
	// KeyEpoch is the key in BucketOffice that names the receiver's present epoch.
	KeyEpoch = "epoch"
	// KeyAccount is the one that has the account of statements, a core.StatementAccount
	// in JSON.
	KeyAccount = "account"
	// KeyReceiver is the one that says which receiver the account of a cluster is of.
	KeyReceiver = "receiver"
	// SubjectSnapshot is where a desk asks for a copy of everything. The answer is a
	// SnapshotAnswer.
	SubjectSnapshot = "ask.snapshot"
	// HeaderRecord is the version of an event's encoding.
	HeaderRecord = "Rentbell-Record"
)

// RecordVersion is the encoding that this version writes, and the newest that it reads.
const RecordVersion = 1

// The versions of what desks write: names, marks, rents, exports. They count apart from
// Rentbell's own, because most releases change nothing of it, and an office must not have
// to update all its computers at once for those.
const (
	// DeskVersion is the one that this version writes as a desk.
	DeskVersion = 1
	// LowestDesk is the lowest that a receiver of this version lets write.
	LowestDesk = 1
)

// SharedBuckets are those that desks write, too.
func SharedBuckets() []string {
	return []string{BucketNames, BucketHandled, BucketTerms, BucketExports}
}

// SubjectOf is where events of an epoch are published. An event of another file behind
// the receiver never reaches a desk that waits for those of this one.
func SubjectOf(epoch string) string { return subjectEvents + epoch }

// AllEvents are the events of every epoch.
const AllEvents = subjectEvents + "*"

// ChunksOf is the subject of an object's chunks in BucketSnapshot. NATS lays it down, in its
// ADR-20.
func ChunksOf(object string) string { return "$O." + BucketSnapshot + ".C." + object }

// InboxOf begins the subjects on which a desk gets answers. No other desk may listen there.
func InboxOf(key string) string { return "_INBOX_" + key }

// SnapshotAnswer says where a copy of everything lies.
type SnapshotAnswer struct {
	Object string `json:"object"` // in BucketSnapshot
	Epoch  string `json:"epoch"`
	Seq    uint64 `json:"seq"` // it holds events up to this one, at least
	Error  string `json:"error,omitempty"`
}

// RecordHeader is the value of HeaderRecord.
func RecordHeader() string { return strconv.Itoa(RecordVersion) }
