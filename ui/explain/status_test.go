package explain

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/ui/explain/wordtest"
)

func TestBannerOnlyWhenDeliveriesStop(t *testing.T) {
	since := present.Add(-11 * time.Minute).UTC()
	soon := present.Add(12 * time.Second)
	offline := &core.TunnelError{Err: &net.DNSError{}}
	const address = "https://a.ngrok.app"
	tests := []struct {
		name   string
		status core.Status
		text   string // empty: no banner
	}{
		{"listening", core.Status{Connection: core.Listening}, ""},
		{"connecting", core.Status{Connection: core.Connecting, Problem: offline}, ""},
		{"reconnecting", core.Status{Connection: core.Reconnecting, Problem: offline, RetryAt: soon}, ""},
		{"closed by the user", core.Status{Connection: core.ConnectionClosed, Address: address}, ""},
		{"not set up", core.Status{Connection: core.ConnectionOff}, ""},
		{"no keychain", core.Status{Connection: core.ConnectionOff, Vault: core.ErrNoVault}, ""},
		{"keys locked", core.Status{Connection: core.ConnectionOff, Vault: fmt.Errorf("load: %w", core.ErrLocked)},
			"They are in a file that only your passphrase opens. Unlock them with your passphrase."},
		{"keys locked, others lent", core.Status{Connection: core.Listening, Vault: core.ErrLocked}, ""},
		{"keychain asked a moment ago", core.Status{Connection: core.ConnectionOff, Vault: core.ErrKeychainSlow}, ""},
		{"keychain asks", core.Status{Connection: core.ConnectionOff, Vault: fmt.Errorf("load: %w: %w: %w", core.ErrNoVault, core.ErrKeychainLocked, context.DeadlineExceeded)},
			"Until you type it, AppFolio cannot deliver. Then Rentbell goes on by itself."},
		{"keychain locked", core.Status{Connection: core.ConnectionOff, Vault: fmt.Errorf("load: %w", core.ErrKeychainLocked)},
			"It holds your keys, so AppFolio cannot deliver. Unlock it, and Rentbell goes on by itself."},
		{"keychain locked, keys in memory", core.Status{Connection: core.Listening, Vault: core.ErrForThisRun}, ""},
		{"internet dropped", core.Status{Connection: core.Unreachable, Since: since, Address: address, Problem: offline},
			"The internet dropped at 10:31 AM. Check your Wi-Fi. Rentbell keeps trying."},
		{"internet dropped, tried again soon", core.Status{Connection: core.Unreachable, Since: since, Address: address, Problem: offline, RetryAt: soon},
			"The internet dropped at 10:31 AM. Check your Wi-Fi. Trying again in 12 seconds."},
		{"tried again a moment ago", core.Status{Connection: core.Unreachable, Since: since, Address: address, Problem: offline, RetryAt: present},
			"The internet dropped at 10:31 AM. Check your Wi-Fi. Rentbell keeps trying."},
		{"never was there", core.Status{Connection: core.Unreachable, Since: since, Problem: offline},
			"This computer has no way to the internet. Check your Wi-Fi. Rentbell keeps trying."},
		{"no reason known", core.Status{Connection: core.Unreachable, Since: since, Address: address},
			"The connection dropped at 10:31 AM. Check your Wi-Fi. Rentbell keeps trying."},
		{"a strange reason", core.Status{Connection: core.Unreachable, Since: since, Address: address, Problem: errors.New("listener closed"), RetryAt: present.Add(90 * time.Second)},
			"The connection dropped at 10:31 AM. Check your Wi-Fi. Trying again in 2 minutes."},
		{"hotel", core.Status{Connection: core.Unreachable, Since: since, Address: address, Problem: core.ErrPortal, RetryAt: soon},
			"The network wants you to sign in first. Open your browser and sign in to the Wi-Fi."},
		{"in use elsewhere", core.Status{Connection: core.Unreachable, Problem: &core.TunnelError{Code: "ERR_NGROK_334"}},
			"Another program has it open, perhaps on another computer. Close it there."},
		{"unknown code", core.Status{Connection: core.Unreachable, Problem: &core.TunnelError{Code: "ERR_NGROK_99999"}, RetryAt: soon},
			"ngrok gives ERR_NGROK_99999 as the reason. Trying again in 12 seconds."},
		{"refused", core.Status{Connection: core.ConnectionRefused, Problem: &core.TunnelError{Code: "ERR_NGROK_121", Refused: true}},
			"ngrok no longer serves this version. Install the newest Rentbell."},
		{"port in use", core.Status{Connection: core.ConnectionRefused, Problem: &core.TunnelError{Refused: true, Err: &net.OpError{Op: "listen", Err: syscall.EADDRINUSE}}},
			"Another program on this computer has it open. Close that program, or choose another port."},
		{"disk full", core.Status{Connection: core.Listening, Storage: fmt.Errorf("%w: %w", core.ErrStorage, diskFull)},
			"The disk of this computer is full. Free some space. AppFolio sends again what was not kept."},
		{"disk full, for reports", core.Status{Kind: core.KindReports, Storage: fmt.Errorf("%w: %w", core.ErrStorage, diskFull)},
			"The disk of this computer is full. Free some space. A report stays in its folder until it is kept."},
		{"reports, and neither keys nor an address", core.Status{Kind: core.KindReports, Vault: core.ErrLocked, Reports: core.ReportsStatus{Dir: "/reports"}}, ""},
		{"reports, and no folder yet", core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{Problem: core.ErrBadReportsDir}}, ""},
		{"the folder of reports is gone", core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{Dir: "/reports", Problem: fmt.Errorf("look: %w", fs.ErrNotExist)}},
			"Nothing that AppFolio sends is taken in. Bring it back, or choose another one in Settings."},
		{"the folder of reports is closed", core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{Dir: "/reports", Problem: fmt.Errorf("look: %w", fs.ErrPermission)}},
			English.Error(fs.ErrPermission).Text()},
	}
	for _, tt := range tests {
		w, shown := English.Status(tt.status, present)
		if shown != (tt.text != "") || w.Text() != tt.text {
			t.Errorf("%s: %v %q, want %q", tt.name, shown, w.Text(), tt.text)
		}
		if shown {
			checkWords(t, tt.name, w)
		}
	}
}

func TestEverySilenceFitsOnTheBanner(t *testing.T) {
	for s := range silences {
		for _, since := range []string{"", "at 10:31 AM"} {
			w := English.drop(s, since, English.again(present.Add(12*time.Second), present, ""))
			checkWords(t, fmt.Sprint("silence ", s), w)
			if n := utf8.RuneCountInString(w.Text()); n > wordtest.BannerLine {
				t.Errorf("silence %d: %d characters do not fit on the banner: %q", s, n, w.Text())
			}
		}
	}
	for _, r := range onTheWay {
		if n := utf8.RuneCountInString(r.words.Text()); n > wordtest.BannerLine {
			t.Errorf("%v: %d characters do not fit on the banner: %q", r.err, n, r.words.Text())
		}
	}
}
