package core

import (
	"context"
	"errors"
	"time"
)

// Machine tells about the computer Rentbell runs on.
type Machine interface {
	// FreeSpace is what is left on the disk of the data, in bytes.
	FreeSpace() (uint64, error)
	// Notifier returns nil when notifications are shown, ErrNoNotifier when
	// nothing here shows any.
	Notifier(ctx context.Context) error
	// Network is a text that changes whenever the computer's network addresses do.
	Network() string
}

// Waker is a Machine that is told when the computer wakes up. The others find out by
// their clock, some seconds later.
type Waker interface {
	// OnWake calls fn, which must not block, at every wake-up until stop is called.
	OnWake(fn func()) (stop func(), err error)
}

// ErrNoNotifier: no notification service answers on this desktop.
var ErrNoNotifier = errors.New("no notification service")

// Report is a health check.
type Report struct {
	At     time.Time
	Status Status
	Checks []Check // of the parts that the kind of connection has, in the order of the way from AppFolio to the bell
}

// Healthy reports whether nothing needs the user.
func (r Report) Healthy() bool {
	for _, c := range r.Checks {
		if c.State == CheckBad || c.State == CheckWarn {
			return false
		}
	}
	return true
}

// Check is one part of the way, and whether it works.
type Check struct {
	Name  CheckName
	State CheckState
	Err   error // why it does not work; may be nil

	// Facts, where the check has them.
	Took  time.Duration // internet, tunnel: there and back
	Line  Line          // tunnel
	Skew  time.Duration // clock: how far it is ahead
	Good  int           // signatures: deliveries of the last day that matched; an office's desks, its cluster: how many there are, how many copies it has
	Bad   int           // signatures: those kept out
	Free  uint64        // disk, in bytes
	Vault VaultKind     // secrets
	When  time.Time     // registration: when it was made; signatures: the last kept out
}

// CheckName names a part of the way.
type CheckName string

// The checks, in their order.
const (
	CheckInternet      CheckName = "internet"       // AppFolio's server answers
	CheckTunnel        CheckName = "tunnel"         // the tunnel's service answers and the address is open
	CheckRegistration  CheckName = "registration"   // AppFolio has the address
	CheckSignatures    CheckName = "signatures"     // deliveries of the last day matched
	CheckClock         CheckName = "clock"          // the computer's clock is right
	CheckSecrets       CheckName = "keychain"       // secrets are kept safely
	CheckNotifications CheckName = "notifications"  // the bell can be seen
	CheckDisk          CheckName = "disk"           // there is room for what arrives
	CheckReportsDir    CheckName = "reports_folder" // with reports: the folder can be read and written
	CheckReports       CheckName = "reports"        // with reports: the newest ones are not old
	CheckOffice        CheckName = "office"         // on a desk: the receiver answers, and is the one that the desk joined
	CheckOfficeLag     CheckName = "office_lag"     // on a desk: it has all that the receiver has
	CheckOfficeDesks   CheckName = "office_desks"   // on the receiver of an office: its desks can follow
	CheckOfficeCluster CheckName = "office_cluster" // on the receiver: the NATS cluster that keeps the office's stream answers
	CheckControl       CheckName = "control"        // other programs of this user can ask; a report has it only when they cannot
)

// CheckState is what came of a check.
type CheckState string

// The states of a check.
const (
	CheckGood    CheckState = "good"
	CheckWarn    CheckState = "warn"    // works, but the user should look
	CheckBad     CheckState = "bad"     // does not work
	CheckUnknown CheckState = "unknown" // cannot be told, or does not apply; needs nobody
)

// Errors that only a health check finds.
var (
	ErrClockWrong      = errors.New("the computer's clock is wrong")
	ErrLowDisk         = errors.New("the disk is almost full")
	ErrNotRunning      = errors.New("nobody receives into this data directory")
	ErrNotRegistered   = errors.New("AppFolio does not have this address")
	ErrSignaturesWrong = errors.New("deliveries were kept out for their signature")
	// ErrSecretDiffers: none has matched since this was set up.
	ErrSecretDiffers = errors.New("every delivery was kept out for its signature")
	// ErrNoReports: of a report that Rentbell lives from none has come yet.
	ErrNoReports = errors.New("no report has come yet")
	// ErrOldReports: none has come for days of a report that came before.
	ErrOldReports = errors.New("the newest report is old")
	// ErrOtherAccount: the client id that was typed may be somebody else's, or a
	// stranger sends what AppFolio signed for him.
	ErrOtherAccount = errors.New("deliveries were for another account")
)
