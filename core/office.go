package core

import (
	"context"
	"errors"
	"time"
)

// OfficeStatus is how a desk follows the receiver of its office.
type OfficeStatus struct {
	Name      string // what this desk is called there; empty: it has joined none
	Address   string // the receiver's, HOST:PORT
	Receiver  string // what the receiver is called; empty: it has not said so yet
	Manager   bool   // this desk manages the office, as far as is known
	Following bool
	Heard     time.Time     // when the receiver last said anything; zero: not since the start
	Behind    uint64        // events that the receiver has and this desk has not yet
	Loading   bool          // everything is being fetched at once
	Skew      time.Duration // how far this computer's clock is ahead of the receiver's, when it was last compared
	Problem   error         // why it is not Following
	Retry     time.Time     // when the receiver is tried again by itself; zero: it is followed, or tried now
	Facts     OfficeFacts
	ReadOnly  bool // this desk is older than those that may write; see ErrDeskTooOld
}

// OfficeFacts is what the receiver says of its office to each desk that asks. Zero: it has
// said nothing yet, or is of a version that says nothing.
type OfficeFacts struct {
	KeepYears   int       `json:"keep_years,omitempty"`  // records of more full years ago are deleted; 0: none is, ever
	Before      time.Time `json:"before,omitzero"`       // what was received earlier goes; zero: nothing does
	Gone        uint64    `json:"gone,omitempty"`        // events up to this one have gone
	Quarantined int       `json:"quarantined,omitempty"` // deliveries that could not be read, which stay there
	LowestDesk  int       `json:"lowest_desk,omitempty"` // a desk of a lower version may only read
}

// ErrDeskTooOld: this desk is older than the office allows for changing what desks share.
// It goes on to take over what the others change.
var ErrDeskTooOld = errors.New("this desk is older than the office and may only read")

// Joining is what a person says to make this computer a desk of an office.
type Joining struct {
	Address string // of the receiver, HOST or HOST:PORT
	Code    string // as it was typed
	Name    string // what the desk would be called
	// Aside says what becomes of events that this computer has received itself: they are
	// kept in a file in the data directory, and the office's take their place. Where it is
	// false, a computer with such events does not join.
	Aside bool
}

// OfficeFound is an office that answers on the local network. Whoever is there can have
// made it up.
type OfficeFound struct {
	Name    string // letters, digits and hyphens, at most 63
	Address string // HOST:PORT, with a private IPv4 address
}

// Follower follows the receiver of an office, where this computer is one of its desks.
type Follower interface {
	// Run follows until ctx ends. Before that it returns only what no further try can
	// mend: the desk was removed from the office, or has joined none. The status has it.
	Run(ctx context.Context, d FollowDesk) error
}

// FollowDesk is the Bell as a Follower sees it. Its methods may be called from any
// goroutine.
type FollowDesk interface {
	Summary() (Summary, error)
	// Copy keeps events under the numbers that they have, and has them announced. See
	// Ledger.
	Copy(events []Event) error
	// Replace goes on with a backup's records in place of all that are there. Those stay
	// in the file aside, in the data directory. Nothing of the backup is told as new. With
	// carry, what was changed here and the office has not got is kept for the next
	// Compare.
	Replace(ctx context.Context, backup string, carry bool) (aside string, err error)
	Tell(OfficeStatus)
	// Wake has an element when the receiver is to be asked at once: a user wants it, or
	// the computer has woken up.
	Wake() <-chan struct{}
	SharedDesk
}

// SharedDesk is what a Bell has in common with the others of its office, as whoever carries
// it between them sees it. Its methods may be called from any goroutine.
type SharedDesk interface {
	// Claims says what this computer is called in the office, and who decides there about
	// exports.
	Claims(me string, o ExportOffice)
	// Account says which account the office's statements are of.
	Account(StatementAccount) error
	// Compare compares all that the office has, by key, with what is here. It takes over
	// what is new there, and returns what is to be written there. An empty value says that
	// there is nothing any more. fill: also what the office lacks altogether.
	Compare(ctx context.Context, office map[string]string, fill bool) (write map[string]string, err error)
	// Agreed says that it was written.
	Agreed(map[string]string) error
	// Changed has an element when something here may have changed.
	Changed() <-chan struct{}
	PastExports() ([]PastExport, error)
}

// Unshared is what was changed on a desk and its office has not got yet, while other records
// take the place of those that are there.
type Unshared struct {
	Seen    map[string]string `json:",omitempty"` // what the office had, by key, when the desk saw it last
	Mine    map[string]string `json:",omitempty"` // what the desk has
	Handled []string          `json:",omitempty"` // ids of events
}

// Offer is a name that was given here while the office was out of reach, and meanwhile
// elsewhere, too. The other is in force until somebody takes this one.
type Offer struct {
	Key    NameKey
	Name   string
	Office string // the other; empty: the name was taken away
}
