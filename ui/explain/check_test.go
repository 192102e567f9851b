package explain

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/ui/explain/wordtest"
)

// allChecks are the parts of the way in their order.
var allChecks = []core.CheckName{
	core.CheckInternet, core.CheckTunnel, core.CheckRegistration, core.CheckSignatures,
	core.CheckClock, core.CheckSecrets, core.CheckNotifications, core.CheckDisk, core.CheckControl,
	core.CheckReportsDir, core.CheckReports, core.CheckOffice, core.CheckOfficeLag, core.CheckOfficeDesks, core.CheckOfficeCluster,
}

var allStates = []core.CheckState{core.CheckGood, core.CheckWarn, core.CheckBad, core.CheckUnknown}

// checkRow holds a row to the design's rules.
func checkRow(t *testing.T, c core.Check, r Row) {
	t.Helper()
	what := fmt.Sprintf("%s, %s, %v", c.Name, c.State, c.Err)
	wordtest.Words(t, what, r.Title, strings.TrimSuffix(English.Line(r), ".")+".", r.Fix)
	if r.Text == "" || strings.HasSuffix(r.Text, ".") {
		t.Errorf("%s: text %q is empty or ends with a full stop", what, r.Text)
	}
	if needed := c.State == core.CheckWarn || c.State == core.CheckBad; needed != (r.Fix != "") {
		t.Errorf("%s: fix %q, needs the user: %v", what, r.Fix, needed)
	}
	if strings.Contains(English.Line(r), "..") || strings.Contains(English.Line(r), "”.") {
		t.Errorf("%s: %q has a full stop too many", what, English.Line(r))
	}
}

func TestEveryCheckHasWordsInEveryState(t *testing.T) {
	errs := []error{
		nil, errors.New("bolt: page 7 already freed"),
		core.ErrNotSetUp, core.ErrClosed, core.ErrNotRunning, core.ErrPortal, core.ErrClockWrong, core.ErrNotRegistered,
		office.ErrUnreachable, office.ErrRevoked, office.ErrNotJoined, office.ErrClusterAway, office.ErrClusterTaken,
		core.ErrNoReports, core.ErrOldReports, core.ErrNoReportsDir, fs.ErrNotExist, fs.ErrPermission,
		core.ErrSignaturesWrong, core.ErrSecretDiffers, core.ErrOtherAccount, core.ErrNoNotifier, core.ErrLowDisk, core.ErrStorage, core.ErrNoVault, core.ErrLocked,
		&core.TunnelError{Code: "ERR_NGROK_107", Refused: true}, &core.TunnelError{Code: "ERR_NGROK_334"},
		&core.TunnelError{Step: core.StepTLS}, &core.TunnelError{Err: &net.DNSError{}},
		&core.SubscribeError{Err: &net.DNSError{}}, &core.SubscribeError{Err: errTimeout{}},
		&core.SubscribeError{Status: 503}, &core.SubscribeError{Status: 429}, &core.SubscribeError{Status: 422, Message: "Domain is not allowed."},
	}
	facts := []core.Check{
		{},
		{Took: 41 * time.Millisecond, Line: core.Line{Plan: "Free", Region: "us"}, Skew: -3 * time.Minute, Good: 5, Bad: 1,
			Free: 12_400_000_000, Vault: core.VaultFile, When: present.Add(-time.Hour)},
	}
	for _, name := range allChecks {
		for _, state := range allStates {
			for _, err := range errs {
				for _, c := range facts {
					c.Name, c.State, c.Err = name, state, err
					for connection := range connections {
						checkRow(t, c, English.Check(c, core.Status{Connection: connection}, present))
						if name == core.CheckRegistration && (state == core.CheckWarn || state == core.CheckBad) {
							continue // never in Developer Space
						}
						checkRow(t, c, English.Check(c, core.Status{Connection: connection, Kind: core.KindDeveloperSpace}, present))
					}
					for progress := core.NotWanted; progress <= core.Declined; progress++ {
						s := core.Status{Connection: core.Listening, Registration: core.RegistrationStatus{Progress: progress}}
						checkRow(t, c, English.Check(c, s, present))
					}
				}
			}
		}
	}
}

// errTimeout is a time-out.
type errTimeout struct{}

func (errTimeout) Error() string { return "i/o timeout" }
func (errTimeout) Timeout() bool { return true }

func TestRowsReadAsInTheDesign(t *testing.T) {
	good, warn, bad, unknown := core.CheckGood, core.CheckWarn, core.CheckBad, core.CheckUnknown
	free := core.Line{Plan: "Free", Region: "us", Latency: 38 * time.Millisecond}
	tests := []struct {
		check       core.Check
		title, line string
	}{
		{core.Check{Name: core.CheckInternet, State: good, Took: 41 * time.Millisecond}, "Internet", "Working, 41 ms"},
		{core.Check{Name: core.CheckInternet, State: good, Took: 1240 * time.Millisecond}, "Internet", "Working, 1.2 seconds"},
		{core.Check{Name: core.CheckInternet, State: bad, Err: core.ErrPortal}, "Internet",
			"The internet is behind a sign-in page. The network wants you to sign in first. Open your browser and sign in to the Wi-Fi."},
		{core.Check{Name: core.CheckTunnel, State: good, Line: free}, "Tunnel", "Working, 38 ms. Region us, Free plan"},
		{core.Check{Name: core.CheckTunnel, State: good, Line: free, Took: 52 * time.Millisecond}, "Tunnel", "Working, 52 ms. Region us, Free plan"},
		{core.Check{Name: core.CheckTunnel, State: good}, "Tunnel", "Working"},
		{core.Check{Name: core.CheckTunnel, State: bad, Err: &core.TunnelError{Code: "ERR_NGROK_107"}}, "Tunnel",
			"The ngrok authtoken was refused. It was reset or taken back at ngrok. Paste the present one in Settings."},
		{core.Check{Name: core.CheckTunnel, State: warn, Err: core.ErrClosed}, "Tunnel",
			"You closed your address. AppFolio keeps what it has for you and tries again for a while. Open the address in Settings."},
		{core.Check{Name: core.CheckRegistration, State: good, When: present.AddDate(0, 0, -2)}, "Address in AppFolio", "Registered on June 16 at 10:42 AM"},
		{core.Check{Name: core.CheckRegistration, State: bad, Err: &core.SubscribeError{Status: 422, Message: "Domain is not allowed."}}, "Address in AppFolio",
			"AppFolio did not accept the registration. Something about your address or secret does not suit it. It says: “Domain is not allowed.” Mend that in Settings and register again."},
		{core.Check{Name: core.CheckSignatures, State: good, Good: 6}, "Signatures", "6 of 6 matched today"},
		{core.Check{Name: core.CheckSignatures, State: warn, Good: 5, Bad: 1, Err: core.ErrSignaturesWrong}, "Signatures",
			"5 of 6 matched today, 1 kept out. If you made a new secret, register the webhook again."},
		{core.Check{Name: core.CheckSignatures, State: warn, Bad: 3, Err: core.ErrSecretDiffers}, "Signatures",
			"Every delivery was kept out. The secret in AppFolio is another one, or holds hidden characters. Register the webhook again, or paste Rentbell's webhook secret into AppFolio once more."},
		{core.Check{Name: core.CheckSignatures, State: unknown}, "Signatures", "No delivery today"},
		{core.Check{Name: core.CheckClock, State: good, Skew: time.Second}, "Computer clock", "Right to the second"},
		{core.Check{Name: core.CheckClock, State: good, Skew: -7 * time.Second}, "Computer clock", "7 seconds slow"},
		{core.Check{Name: core.CheckClock, State: warn, Skew: 3 * time.Minute, Err: core.ErrClockWrong}, "Computer clock",
			"3 minutes fast. Set it to the internet's time in your system settings."},
		{core.Check{Name: core.CheckSecrets, State: good, Vault: core.VaultKeychain}, "Keys", "In this computer's password store"},
		{core.Check{Name: core.CheckSecrets, State: warn, Err: core.ErrLocked}, "Keys",
			"Your keys are locked. They are in a file that only your passphrase opens. Unlock them with your passphrase."},
		{core.Check{Name: core.CheckSecrets, State: bad, Err: fmt.Errorf("load: %w", core.ErrKeychainLocked)}, "Keys",
			"Your password store is locked. It holds your keys, so AppFolio cannot deliver. Unlock it, and Rentbell goes on by itself."},
		{core.Check{Name: core.CheckNotifications, State: good}, "Notifications", "Shown on this desktop"},
		{core.Check{Name: core.CheckDisk, State: good, Free: 12_400_000_000}, "Disk space", "12.4 GB free"},
		{core.Check{Name: core.CheckDisk, State: warn, Free: 180_000_000, Err: core.ErrLowDisk}, "Disk space", "180 MB free. Free some space."},
		{core.Check{Name: core.CheckControl, State: warn}, "Other programs",
			"Commands such as rentbelld events cannot reach this Rentbell. Everything else works. Quit Rentbell and start it again."},
	}
	for _, tt := range tests {
		r := English.Check(tt.check, core.Status{Connection: core.Listening}, present)
		if r.Title != tt.title || English.Line(r) != tt.line {
			t.Errorf("%s, %s: %q: %q, want %q: %q", tt.check.Name, tt.check.State, r.Title, English.Line(r), tt.title, tt.line)
		}
	}
}

func TestARegistrationSaysWhenItIsTriedAgain(t *testing.T) {
	c := core.Check{Name: core.CheckRegistration, State: core.CheckWarn, Err: &core.SubscribeError{Status: 503}}
	s := core.Status{Registration: core.RegistrationStatus{Progress: core.Retrying, RetryAt: present.Add(30 * time.Second)}}
	if got, want := English.Check(c, s, present).Fix, "Trying again in 30 seconds."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestReportsAreToldOfByTheirAge(t *testing.T) {
	ago := func(days int) core.ReportArrival { return core.ReportArrival{At: present.AddDate(0, 0, -days)} }
	tests := []struct {
		newest map[core.TableKind]core.ReportArrival
		err    error
		want   string
	}{
		{nil, core.ErrNoReports, "No rent roll yet. No income register yet. Save what is missing as CSV into the folder for reports."},
		{map[core.TableKind]core.ReportArrival{core.TableRentRoll: ago(1), core.TableIncome: ago(0), core.TableWorkOrders: ago(1)}, nil,
			"Rent roll yesterday. Income register today. Work orders yesterday"},
		{map[core.TableKind]core.ReportArrival{core.TableRentRoll: ago(0), core.TableIncome: ago(16)}, core.ErrOldReports,
			"Rent roll today. Income register on June 2. Save a new one into the folder. If it comes by e-mail, look whether it still does."},
	}
	for _, tt := range tests {
		c := core.Check{Name: core.CheckReports, State: core.CheckGood, Err: tt.err}
		if tt.err != nil {
			c.State = core.CheckWarn
		}
		s := core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{Newest: tt.newest}}
		if got := English.Line(English.Check(c, s, present)); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

func TestDiskSpaceReadsAsDisksAreSold(t *testing.T) {
	tests := map[uint64]string{0: "0 MB", 180_000_000: "180 MB", 12_400_000_000: "12.4 GB", 250_000_000_000: "250 GB", 1_500_000_000_000: "1.5 TB"}
	for n, want := range tests {
		if got := Size(n); got != want {
			t.Errorf("Size(%d) = %q, want %q", n, got, want)
		}
	}
}
