// Package office is what the receiver of an office and its desks have in common: the codes
// by which a desk joins, the list of desks, and the words of the protocol. The receiver's
// side is package hub, a desk's is package desk; package pair brings the two together.
// Nothing here listens or dials.
package office

import "errors"

// Port is the only one that an office listens on.
const Port = 4443

// The protocols on that port, told apart by ALPN (RFC 7301).
const (
	ProtocolPair   = "rentbell-pair/1"   // a desk that has a code
	ProtocolFollow = "rentbell-office/1" // a desk that has joined; it speaks NATS
)

// Errors of joining an office.
var (
	// ErrCode: the text is no code, or not the one that was made last.
	ErrCode = errors.New("the code does not fit")
	// ErrCodeUsed: there is no code in force: it was used, it is older than ten minutes,
	// or it was tried five times.
	ErrCodeUsed = errors.New("the code is used up")
	// ErrRevoked: the desk was removed from the office.
	ErrRevoked = errors.New("this desk was removed from the office")
	// ErrUnreachable: no receiver answers at the address.
	ErrUnreachable = errors.New("the office is out of reach")
	// ErrNoneFound: no receiver on the local network answers a desk that looks for one.
	ErrNoneFound = errors.New("no office answers on this network")
	// ErrSeveralFound: more than one answers.
	ErrSeveralFound = errors.New("several offices answer on this network")
	// ErrStranger: what answers is not the receiver that the desk joined.
	ErrStranger = errors.New("another computer answers in place of the office")
	// ErrNotJoined: this computer is no desk of an office.
	ErrNotJoined = errors.New("this computer has joined no office")
	// ErrNotReceiver: the data directory is a desk's, or has never received for an office.
	ErrNotReceiver = errors.New("this computer does not receive for an office")
	// ErrOwnEvents: the computer that wants to join has received events itself. A desk has
	// the receiver's, and those alone.
	ErrOwnEvents = errors.New("the data holds events of this computer's own")
	// ErrTooNew: the receiver writes events in a way that this version cannot read.
	ErrTooNew = errors.New("the office is newer than this Rentbell")
	// ErrNoDesk: no desk has that name.
	ErrNoDesk = errors.New("no desk has this name")
	// ErrNoManager: the desk may not manage the office.
	ErrNoManager = errors.New("this desk does not manage the office")
	// ErrClusterAway: the NATS cluster that keeps the stream does not answer, or does not let
	// this receiver in.
	ErrClusterAway = errors.New("the NATS cluster is out of reach")
	// ErrClusterDomain: a leaf node cannot name the cluster's JetStream.
	ErrClusterDomain = errors.New("the JetStream of the NATS cluster has no domain")
	// ErrClusterSmall: the cluster does not take messages of the size that events can have.
	ErrClusterSmall = errors.New("the NATS cluster takes small messages only")
	// ErrClusterTaken: another receiver has the account.
	ErrClusterTaken = errors.New("the account in the NATS cluster belongs to another receiver")
	// ErrOwnDesk: a desk may neither remove itself nor change its own role.
	ErrOwnDesk = errors.New("a desk cannot do this to itself")
)
