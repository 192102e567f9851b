package ui

import (
	"crypto/x509"
	"errors"
	"io/fs"
	"net"
	"os"
	"runtime"
	"syscall"

	"rentbell/core"
)

// Words tell people about a trouble: what is wrong, what happened, and what to
// do, in that order.
type Words struct {
	Title string // one line, without a full stop
	Cause string // sentences
	Fix   string // sentences; empty when there is nothing to do
}

// Text is cause and fix in one paragraph.
func (w Words) Text() string {
	if w.Fix == "" {
		return w.Cause
	}
	return w.Cause + " " + w.Fix
}

// Explain puts any error into words. They never repeat the error's own text,
// which is for logs; only AppFolio's answer to a registration is quoted. No
// error, no words.
func Explain(err error) Words {
	var (
		subscribe *core.SubscribeError
		malformed *core.MalformedError
		tunnel    *core.TunnelError
	)
	switch {
	case err == nil:
		return Words{}
	case errors.As(err, &subscribe):
		return explainSubscribe(subscribe)
	case errors.As(err, &tunnel):
		return explainTunnel(tunnel)
	case errors.As(err, &malformed):
		return explainQuarantine(malformed.Reason)
	}
	for _, s := range sentinels {
		if errors.Is(err, s.err) {
			return s.words
		}
	}
	return unexplained
}

// unexplained is said when Rentbell itself does not know better.
var unexplained = Words{
	"That did not work",
	"Something stood in the way that Rentbell does not know.",
	"Try again. If it stays, close Rentbell and open it again.",
}

// sentinels are the errors that need nothing but to be recognised. What is
// special stands before what is general.
var sentinels = []struct {
	err   error
	words Words
}{
	{core.ErrNotSetUp, Words{
		"Rentbell is not set up yet",
		"It has no address yet at which AppFolio could reach it.",
		"Open Settings and fill in the ngrok authtoken.",
	}},
	{core.ErrInUse, Words{
		"Rentbell is already running",
		"Another Rentbell on this computer has the same data open.",
		"Use that one, or close it and start again.",
	}},
	{core.ErrNewer, Words{
		"This data belongs to a newer Rentbell",
		"A later version wrote it, and this one cannot read it. Nothing was changed.",
		"Install the newest Rentbell and start again.",
	}},
	{core.ErrBadAddress, Words{
		"This is no reserved address",
		"A reserved address is a name like oakline.ngrok.app, with nothing after it.",
		"Copy it from your ngrok dashboard, under Domains.",
	}},
	{core.ErrBadAppFolioURL, Words{
		"This is no AppFolio address",
		"It begins with https:// and a name, like https://api.appfolio.com.",
		"Copy it again, or leave it empty for the usual one.",
	}},
	{core.ErrNoVault, Words{
		"Keys are kept in memory only",
		"This computer has no password store that answers.",
		"After a restart, paste them again.",
	}},
	{errKeychain, Words{
		"Your password store did not take it",
		"It may be locked. Until Rentbell is closed, what you typed counts all the same.",
		"Unlock it and save again.",
	}},
	{core.ErrForged, Words{
		"One delivery was rejected",
		"Its signature did not match, so it was kept out of your records.",
		"If you made a new secret today, register the webhook again. If not, you can leave it.",
	}},
	{core.ErrNotFound, Words{
		"This is no longer there",
		"It may have been handled in the meantime.",
		"Open the page again.",
	}},
	{errDiskFull, Words{
		"Rentbell cannot save",
		"The disk of this computer is full.",
		"Free some space.",
	}},
	{syscall.EROFS, Words{
		"Rentbell cannot save",
		"The disk does not let anything be written.",
		"Choose another folder, or make the disk writable.",
	}},
	{core.ErrStorage, Words{
		"Rentbell cannot save",
		"The disk of this computer did not take it.",
		"Check that the disk is connected and has space, then try again.",
	}},
	{fs.ErrPermission, Words{
		"Rentbell may not use this folder",
		"This computer does not let you read or write there.",
		"Choose another folder, or ask whoever looks after the computer.",
	}},
	{fs.ErrNotExist, Words{
		"This folder is not there",
		"It may have been moved, or its drive is not connected.",
		"Choose another folder.",
	}},
	{fs.ErrExist, Words{
		"A file of this name is already there",
		"Rentbell does not write over it.",
		"Choose another name.",
	}},
}

// errDiskFull is the system's own "no space left".
var errDiskFull = diskFull()

func diskFull() error {
	const windowsDiskFull = 112 // ERROR_DISK_FULL; there ENOSPC is a number Go made up
	if runtime.GOOS == "windows" {
		return syscall.Errno(windowsDiskFull)
	}
	return syscall.ENOSPC
}

// silence is why the other side of a connection does not answer.
type silence int

const (
	dropped   silence = iota // none of the others
	offline                  // there is no way to the internet
	tooSlow                  // a time-out
	shut                     // the other side, or something before it, refuses to connect
	untrusted                // somebody else answers, or the clock is wrong
)

// silenceOf recognises network errors.
func silenceOf(err error) silence {
	var (
		dns         *net.DNSError
		timeout     interface{ Timeout() bool }
		unknown     x509.UnknownAuthorityError
		certificate x509.CertificateInvalidError
		name        x509.HostnameError
	)
	switch {
	case errors.As(err, &unknown), errors.As(err, &certificate), errors.As(err, &name):
		return untrusted
	case errors.Is(err, syscall.ECONNREFUSED):
		return shut
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH), errors.As(err, &dns):
		return offline
	case errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return tooSlow
	}
	return dropped
}
