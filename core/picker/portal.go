//go:build linux || freebsd || netbsd || openbsd || dragonfly

package picker

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"github.com/godbus/dbus/v5"
)

const (
	// portal asks the user in the desktop's own way,
	// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.FileChooser.html
	portal     = "org.freedesktop.portal.Desktop"
	portalPath = "/org/freedesktop/portal/desktop"
	chooser    = "org.freedesktop.portal.FileChooser"
	request    = "org.freedesktop.portal.Request"
)

// patience is for what the portal says at once. For the user's answer nobody
// loses it.
const patience = 5 * time.Second

// token names our request. There is one at a time on a connection of its own, so
// that one name is enough.
const token = "rentbell"

// How the user's answer begins.
const (
	answered uint32 = iota
	cancelled
)

func pick(ctx context.Context, q Question) (string, error) {
	conn, err := join(ctx)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNone, err)
	}
	defer func() { _ = conn.Close() }() // the answer is there, or none will come
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals)
	handle, err := ask(ctx, conn, q)
	if err != nil {
		closeRequest(conn, handle)
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", fmt.Errorf("%w: %w", ErrNone, err)
	}
	for {
		select {
		case <-ctx.Done():
			closeRequest(conn, handle)
			return "", ctx.Err()
		case s, open := <-signals:
			switch {
			case !open:
				return "", fmt.Errorf("%w: the session bus has gone", ErrNone)
			case s.Name == "org.freedesktop.DBus.NameOwnerChanged" && s.Sender == "org.freedesktop.DBus" && gone(s.Body):
				return "", fmt.Errorf("%w: the portal has gone", ErrNone)
			case s.Name == request+".Response" && s.Path == handle:
				return answer(s.Body)
			}
		}
	}
}

// join returns a connection to the session bus, and starts no bus.
func join(ctx context.Context) (*dbus.Conn, error) {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return nil, fmt.Errorf("find session bus: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // signing in takes no ctx
	defer stop()
	err = conn.Auth(nil)
	if err == nil {
		err = conn.Hello()
	}
	if err != nil {
		_ = conn.Close() // the reason for giving up is err
		return nil, fmt.Errorf("join session bus: %w", err)
	}
	return conn, nil
}

// ask opens the dialog. It listens for the answer first: that may come before the
// portal has said where to wait for it.
func ask(ctx context.Context, conn *dbus.Conn, q Question) (handle dbus.ObjectPath, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	sender := strings.ReplaceAll(strings.TrimPrefix(conn.Names()[0], ":"), ".", "_")
	handle = dbus.ObjectPath(portalPath + "/request/" + sender + "/" + token)
	err = errors.Join(
		conn.AddMatchSignalContext(ctx, dbus.WithMatchInterface(request), dbus.WithMatchSender(portal), dbus.WithMatchObjectPath(handle)),
		conn.AddMatchSignalContext(ctx, dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, portal)),
	)
	if err != nil {
		return handle, fmt.Errorf("listen for the answer: %w", err)
	}
	method := chooser + ".OpenFile"
	if q.What == Save {
		method = chooser + ".SaveFile"
	}
	parent := ""
	if q.Parent.X11 != 0 {
		parent = fmt.Sprintf("x11:%x", q.Parent.X11)
	}
	var told dbus.ObjectPath
	if err := conn.Object(portal, portalPath).CallWithContext(ctx, method, 0, parent, q.Title, options(q)).Store(&told); err != nil {
		return handle, fmt.Errorf("open the file chooser: %w", err)
	}
	if told != handle {
		return told, fmt.Errorf("the portal answers elsewhere than it should, at %s", told)
	}
	return handle, nil
}

// filter and rule are files to choose from, as the portal takes them: (sa(us)).
type filter struct {
	Name  string
	Rules []rule
}

type rule struct {
	Type    uint32 // 0: a pattern of names
	Pattern string
}

func options(q Question) map[string]dbus.Variant {
	o := map[string]dbus.Variant{"handle_token": dbus.MakeVariant(token), "modal": dbus.MakeVariant(true)}
	if q.What == Folder {
		o["directory"] = dbus.MakeVariant(true)
	}
	if q.What == Save && q.Name != "" {
		o["current_name"] = dbus.MakeVariant(q.Name)
	}
	if info, err := os.Stat(q.Dir); err == nil && info.IsDir() {
		o["current_folder"] = dbus.MakeVariant(append([]byte(q.Dir), 0))
	}
	if q.What == Open && len(q.Kinds) > 0 {
		f := filter{Name: q.Files}
		for _, kind := range q.Kinds {
			f.Rules = append(f.Rules, rule{Pattern: "*" + anyCase(kind)})
		}
		o["filters"] = dbus.MakeVariant([]filter{f})
	}
	return o
}

// anyCase is a pattern for a text in whatever case: patterns mind it, and some
// programs write NAMES.CSV.
func anyCase(text string) string {
	var b strings.Builder
	for _, r := range text {
		if low, up := unicode.ToLower(r), unicode.ToUpper(r); low != up {
			fmt.Fprintf(&b, "[%c%c]", low, up)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// closeRequest takes a dialog away that nobody waits for any more.
func closeRequest(conn *dbus.Conn, handle dbus.ObjectPath) {
	_ = conn.Object(portal, handle).Call(request+".Close", dbus.FlagNoReplyExpected).Err // it may never have opened
}

// gone reports whether a name's new owner is nobody.
func gone(change []any) bool {
	if len(change) != 3 {
		return false
	}
	owner, is := change[2].(string)
	return is && owner == ""
}

// answer is the path in the user's answer.
func answer(body []any) (string, error) {
	var how uint32
	var results map[string]dbus.Variant
	if err := dbus.Store(body, &how, &results); err != nil {
		return "", fmt.Errorf("%w: read the answer: %w", ErrNone, err)
	}
	switch how {
	case answered:
		uris, _ := results["uris"].Value().([]string)
		if len(uris) != 1 {
			return "", fmt.Errorf("%w: the answer has %d files", ErrNone, len(uris))
		}
		return pathOf(uris[0])
	case cancelled:
		return "", nil
	}
	return "", fmt.Errorf("%w: the dialog ended by itself", ErrNone)
}

// pathOf is the path of a file on this computer.
func pathOf(uri string) (string, error) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Host != "" && u.Host != "localhost" || !filepath.IsAbs(u.Path) || strings.ContainsRune(u.Path, 0) {
		return "", fmt.Errorf("%w: what was chosen is no file of this computer", ErrNone)
	}
	return filepath.Clean(u.Path), nil
}
