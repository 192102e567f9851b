package core

import (
	"errors"
	"time"
)

// Connection is the state of the public door.
type Connection int

// The states of the connection, in the words of the design.
const (
	ConnectionOff     Connection = iota // not set up: no authtoken, or no webhook secret
	Connecting                          // opening
	Listening                           // deliveries can arrive
	Reconnecting                        // dropped a moment ago; most drops mend within seconds
	Unreachable                         // down for longer; Rentbell keeps trying
	ConnectionRefused                   // down until the user changes something
	ConnectionClosed                    // closed by the user, until opened
)

// Progress is how far the registration is.
type Progress int

// The states of a registration.
const (
	NotWanted   Progress = iota // Register has not been pressed
	Waiting                     // wanted; needs an address or the API key first
	Registering                 // the request is on its way
	Registered                  // AppFolio has this address and this secret
	Retrying                    // AppFolio did not take it; Rentbell tries again by itself
	Declined                    // AppFolio said no; the user must act
)

// Status is everything the face shows outside the lists. It is always complete.
type Status struct {
	Kind         Kind // of the connection with AppFolio, in force
	Connection   Connection
	Address      string    // public base address; empty until known
	Since        time.Time // of the present Connection
	Problem      error     // why not Listening; nil when nothing went wrong
	RetryAt      time.Time // when the door is tried again by itself; zero: at once, or nobody knows
	Line         Line      // what the tunnel's service tells; zero unless Listening
	Away         *Gap      // the last time without a tunnel, until the user has closed the notice
	Registration RegistrationStatus
	Reading      ReadStatus // back from AppFolio, in Developer Space
	Reports      ReportsStatus
	Office       OfficeStatus
	Doorbell     time.Time // when AppFolio last rang, there; zero: never, as far as is known
	Ignored      Tally     // doorbells of other accounts since the start, there
	Storage      error     // the last commit failed; nil again once one succeeds
	Summary      Summary
	Radar        RadarSummary
	Offers       int       // of names: see Offer
	Unread       int       // events that have arrived since the user last looked
	MutedUntil   time.Time // the bell is paused until then; zero: it rings
	Choices      error     // ErrSettings, until settings are saved; nil: all that were saved are in force
	Vault        error     // why secrets are in memory only: an error of Vault, or the keychain's own
	VaultKind    VaultKind // where secrets are kept
	Sample       bool      // the data is made up
}

// Muted reports whether the bell is paused at now.
func (s Status) Muted(now time.Time) bool { return PausedAt(now, s.MutedUntil) }

// KeysLocked reports whether secrets are kept in a place that has not told them
// yet: those that are missing may be there.
func (s Status) KeysLocked() bool {
	return errors.Is(s.Vault, ErrLocked) || errors.Is(s.Vault, ErrKeychainLocked) || errors.Is(s.Vault, ErrKeychainSlow)
}

// RegistrationStatus is the registration as the face shows it.
type RegistrationStatus struct {
	Progress Progress
	Address  string    // the full URL that is, or should be, registered
	At       time.Time // of the last success; zero: never
	Problem  error     // *SubscribeError; set while Retrying and Declined
	RetryAt  time.Time // set while Retrying
}

// Change is what a watcher gets: the complete status and, when events have
// arrived, those.
type Change struct {
	Status Status
	Fresh  []Event // new events, oldest first; a few hundred at most, more come with the next Change
	Ring   *Ring   // the bell rings now; nil: it does not
}

// Ring is one ring of the bell: for one event, or for a burst of them together.
type Ring struct {
	Event     *Event // the event when Count is 1, else nil
	Count     int
	Feeds     map[Feed]int // how many of each feed; those of no feed are only in Count
	Attention int          // how many of them need attention
	Received  Cents        // the payments among them
	Missed    bool         // they came while the bell could not ring
	Away      bool         // they came to the office while this desk was away
	Silent    bool         // none of them is of a kind that sounds
	// Findings are what the radar found, how many of each kind; they are in Count, too.
	Findings map[FindingKind]int
	Found    *Found // the finding when Count is 1 and it is one, else nil
	StillDue Cents  // for the leases that are late or paid in part among them
}
