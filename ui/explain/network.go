package explain

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"os"

	"rentbell/core"
)

// onTheWay are troubles of the network that have the same words whoever is at
// its other end. Cause and fix fit on the banner's line.
var onTheWay = []row{
	{core.ErrPortal, Words{
		"The internet is behind a sign-in page",
		"The network wants you to sign in first.",
		"Open your browser and sign in to the Wi-Fi.",
	}},
	{core.ErrClockWrong, Words{
		"This computer's clock is wrong",
		"Connections need the right time.",
		"Set it to the internet's time in your system settings.",
	}},
	{core.ErrProxyAuth, Words{
		"The proxy wants a password",
		"Rentbell keeps no password for a proxy.",
		"Use a proxy that needs none.",
	}},
	{core.ErrProxyRefused, Words{
		"The proxy does not let Rentbell through",
		"It refused the connection.",
		"Ask whoever looks after it.",
	}},
	{core.ErrProxyUnreachable, Words{
		"The proxy does not answer",
		"Nothing is there at the address in Settings.",
		"Correct it, or leave it empty.",
	}},
	{core.ErrPortInUse, portInUse},
	{portTaken, portInUse},
}

var portInUse = Words{
	"The port is in use",
	"Another program on this computer has it open.",
	"Close that program, or choose another port.",
}

// silence is why the other side of a connection does not answer.
type silence int

const (
	dropped   silence = iota // none of the others
	offline                  // there is no way to the internet
	tooSlow                  // a time-out
	shut                     // the other side, or something before it, refuses to connect
	untrusted                // somebody else answers
	outOfDate                // a certificate does not fit this computer's date
	barred                   // the system does not let us listen there
)

// said is a cause and a fix.
type said struct{ cause, fix string }

// silent are the words for a silence under a title. again says when it is tried
// again, in the reader's language already.
func (t Tongue) silent(title string, s said, again string) Words {
	return Words{t(title), t(s.cause), sentences(t(s.fix), again)}
}

// silences are the words for each silence, by who is silent: ngrok, AppFolio, or
// somebody of whom only the error is known. Those of ngrok fit on the banner's
// line; where trying again by itself is told there too, waits says so.
var silences = map[silence]struct {
	ngrok, appFolio, other said
	waits                  bool
}{
	dropped: {
		ngrok:    said{"There is no connection to ngrok.", "Check your Wi-Fi."},
		appFolio: said{"The connection dropped before its answer came.", "Check your Wi-Fi."},
		other:    said{"It dropped before an answer came.", "Check your Wi-Fi."},
		waits:    true,
	},
	offline: {
		ngrok:    said{"This computer has no way to the internet.", "Check your Wi-Fi."},
		appFolio: said{"This computer has no way to the internet.", "Check your Wi-Fi."},
		other:    said{"This computer has no way to the internet.", "Check your Wi-Fi."},
		waits:    true,
	},
	tooSlow: {
		ngrok:    said{"ngrok does not answer in time.", "Check your Wi-Fi."},
		appFolio: said{"Its answer took too long.", ""},
		other:    said{"The answer took too long.", "Check your Wi-Fi."},
		waits:    true,
	},
	shut: {
		ngrok:    said{"A firewall may shut the way to ngrok.", "Try another network."},
		appFolio: said{"The connection was refused, by AppFolio or by a firewall on the way.", ""},
		other:    said{"It was refused, at its other end or by a firewall on the way.", "Try another network."},
		waits:    true,
	},
	untrusted: {
		ngrok:    said{"A stranger answers in ngrok's place.", "Check your firewall, or try another network."},
		appFolio: said{"A stranger answers in its place.", "Check whether a firewall or virus scanner looks into connections."},
		other:    said{"A stranger answers in the other side's place.", "Check whether a firewall or virus scanner looks into connections."},
	},
	outOfDate: {
		ngrok:    said{"This computer's clock may be wrong.", "Set it to the internet's time."},
		appFolio: said{"This computer's clock may be wrong.", "Set it to the internet's time in your system settings."},
		other:    said{"This computer's clock may be wrong.", "Set it to the internet's time in your system settings."},
	},
	barred: {
		ngrok:    said{"This computer does not let Rentbell use the port.", "Choose one above 1024."},
		appFolio: said{"The connection dropped before its answer came.", "Check your Wi-Fi."},
		other:    said{"This computer does not let Rentbell use the port.", "Choose one above 1024."},
	},
}

// silenceOf recognises network errors.
func silenceOf(err error) silence {
	var (
		dns     *net.DNSError
		op      *net.OpError
		timeout interface{ Timeout() bool }
	)
	switch s := strangerIn(err); {
	case s != dropped:
		return s
	case errors.As(err, &op) && op.Op == "listen":
		return barred
	case errors.Is(err, shutDoor):
		return shut
	case errors.Is(err, noNetwork), errors.Is(err, noHost), errors.As(err, &dns):
		return offline
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, noAnswerTime), errors.As(err, &timeout) && timeout.Timeout():
		return tooSlow
	}
	return dropped
}

// strangerIn looks for what a certificate gave away: an answer from somebody
// else, or a date that is wrong. It is dropped when there is none.
func strangerIn(err error) silence {
	var (
		authority   x509.UnknownAuthorityError
		name        x509.HostnameError
		certificate x509.CertificateInvalidError
		noTLS       tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &certificate) && certificate.Reason == x509.Expired:
		return outOfDate
	case errors.As(err, &certificate), errors.As(err, &authority), errors.As(err, &name), errors.As(err, &noTLS):
		return untrusted
	}
	return dropped
}
