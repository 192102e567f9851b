package explain

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

// leaks are texts that must not leave the computer.
var leaks = []string{
	"whsec_4f2a", "key_3hZpQ8", "2authtoken_9f", "oakline", "Dana", "Whitfield", "dana@example.com", "Alder Court",
	"20931", "evt_77", "wh_55", "/home/", "203.0.113.7", "proxy.corp", "lost+found",
}

// leaky is an error that says all of them.
func leaky() error { return errors.New(strings.Join(leaks, " ")) }

// leakyReport has something to hide in every field that could hold it.
func leakyReport() core.Report {
	all := strings.Join(leaks, " ")
	r := core.Report{At: present, Status: core.Status{
		Connection: core.Unreachable, Since: present.Add(-time.Hour), Address: "https://oakline.ngrok.app",
		Problem: &core.TunnelError{Code: "ERR_NGROK_334 " + all, Step: core.Step(all), Err: leaky()},
		Line:    core.Line{Plan: all, Region: "https://oakline"},
		Registration: core.RegistrationStatus{
			Progress: core.Declined, Address: "https://oakline.ngrok.app/webhooks/appfolio",
			Problem: &core.SubscribeError{Status: 422, Message: all, Err: leaky()},
		},
		Storage: fmt.Errorf("%w: %w", core.ErrStorage, &fs.PathError{Op: "write", Path: "/home/dana/rentbell.db", Err: leaky()}),
		Vault:   leaky(),
		Summary: core.Summary{Events: 1204, Feeds: map[core.Feed]int{core.FeedPayments: 311, "Dana": 9}, Rejected: core.Tally{Count: 2}},
	}}
	for _, name := range append(allChecks, "Dana Whitfield") {
		for _, state := range allStates {
			for _, err := range []error{
				nil, leaky(), fmt.Errorf("%w: %w", core.ErrNoVault, leaky()),
				&core.TunnelError{Code: all, Step: core.Step(all), Refused: true, Err: leaky()}, &core.TunnelError{Err: leaky()},
				&core.SubscribeError{Status: 422, Message: all}, &core.SubscribeError{Status: 500, Message: all}, &core.SubscribeError{Message: all, Err: leaky()},
				&core.AnswerError{Status: 404, Code: all},
			} {
				r.Checks = append(r.Checks, core.Check{Name: name, State: state, Err: err, Line: core.Line{Plan: all, Region: all}})
			}
		}
	}
	return r
}

func TestSupportReportGivesNothingAway(t *testing.T) {
	about := About{Program: "Rentbell", Version: "v0.3.0", System: "linux", Arch: "amd64"}
	for _, kind := range []core.TunnelKind{core.TunnelNgrok, core.TunnelManual, core.TunnelLoopback} {
		about.Tunnel = kind
		text := strings.ToLower(Support(leakyReport(), about))
		for _, leak := range leaks {
			if strings.Contains(text, strings.ToLower(leak)) {
				t.Errorf("%s: the report holds %q", kind, leak)
			}
		}
	}
}

func TestSupportReportTellsWhatHelps(t *testing.T) {
	r := core.Report{At: present, Status: core.Status{
		Connection: core.Listening, Since: present.Add(-time.Hour), Address: "https://oakline.ngrok.app",
		Summary: core.Summary{Events: 1204, Feeds: map[core.Feed]int{core.FeedPayments: 311}},
	}, Checks: []core.Check{
		{Name: core.CheckInternet, State: core.CheckGood, Took: 41 * time.Millisecond},
		{Name: core.CheckTunnel, State: core.CheckBad, Err: &core.TunnelError{Code: "ERR_NGROK_334", Step: core.StepTLS}},
		{Name: core.CheckRegistration, State: core.CheckBad, Err: &core.SubscribeError{Status: 422, Message: "No."}},
	}}
	want := `rentbelld v0.3.0 on linux/amd64
Time         2026-06-18T10:42:00-04:00
Connection   listening since 2026-06-18T09:42:00-04:00
Tunnel       ngrok, ngrok's domain
Log          in the data folder

Health check
  good     Internet             Working, 41 ms
  bad      Tunnel               Your address is in use. Another program has it open, perhaps on another computer. Close it there. (ERR_NGROK_334, at tls)
  bad      Address in AppFolio  AppFolio did not accept the registration. Something about your address or secret does not suit it. Mend that in Settings and register again. (AppFolio answered 422)

Counts
  events               1,204
  payments               311
  work orders              0
  leases                   0
  tenants                  0
  quarantined              0
  need attention           0
  open work orders         0
  kept out                 0
  sent twice               0
`
	if got := Support(r, About{Program: "rentbelld", Version: "v0.3.0", System: "linux", Arch: "amd64", Tunnel: core.TunnelNgrok, Log: "in the data folder"}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOnlyTheKindOfDomainIsTold(t *testing.T) {
	tests := map[string]string{
		"": "ngrok, no address yet", "https://oakline.ngrok.app": "ngrok, ngrok's domain", "https://a-b.ngrok-free.dev": "ngrok, ngrok's domain",
		"https://rent.oakline.example": "ngrok, own domain", "https://ngrok.app.oakline.example": "ngrok, own domain",
	}
	for address, want := range tests {
		if got := tunnelText(core.TunnelNgrok, address); got != want {
			t.Errorf("%q: %q, want %q", address, got, want)
		}
	}
}
