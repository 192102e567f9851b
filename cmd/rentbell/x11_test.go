//go:build linux

package main_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"
)

// onlooker watches an X server without changing anything on it. It sends the
// few requests of the X11 protocol that this needs. It waits for events: a
// program that polled would see a window too late.
type onlooker struct {
	conn   net.Conn
	root   uint32
	id     uint32   // free for an object of ours on the server
	drawn  byte     // the event that says that something was drawn; see watchDrawing
	mapped []uint32 // windows that appeared while something else was waited for
}

// Numbers of the X11 protocol.
const (
	x11ChangeAttributes = 2
	x11InternAtom       = 16
	x11SendEvent        = 25
	x11GetImage         = 73
	x11QueryExtension   = 98

	x11UnmapNotify   = 18
	x11MapNotify     = 19
	x11ClientMessage = 33

	x11EventMask          = 1 << 11
	x11SubstructureNotify = 1 << 19
	x11ZPixmap            = 2
)

// Numbers of X11's DAMAGE extension.
const (
	damageQueryVersion  = 0
	damageCreate        = 1
	damageRawRectangles = 0
)

func lookOn(t *testing.T, display string) *onlooker {
	t.Helper()
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+strings.TrimPrefix(display, ":"))
	if err != nil {
		t.Fatalf("connect to the display: %v", err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // it was only looked at
	o := &onlooker{conn: conn}
	if err := o.greet(); err != nil {
		t.Fatalf("greet the display: %v", err)
	}
	if err := o.send(x11ChangeAttributes, 0, o.root, x11EventMask, x11SubstructureNotify); err != nil {
		t.Fatalf("ask for events: %v", err)
	}
	return o
}

// greet opens the conversation and learns which window is the root.
func (o *onlooker) greet() error {
	if _, err := o.conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(o.conn, head); err != nil {
		return err
	}
	rest := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(o.conn, rest); err != nil {
		return err
	}
	if head[0] != 1 {
		return errors.New("the server refuses")
	}
	o.id = binary.LittleEndian.Uint32(rest[4:]) + 1
	vendor, formats := int(binary.LittleEndian.Uint16(rest[16:])), int(rest[21])
	o.root = binary.LittleEndian.Uint32(rest[32+(vendor+3)/4*4+8*formats:])
	return nil
}

// send sends a request made of numbers.
func (o *onlooker) send(opcode, detail byte, words ...uint32) error {
	b := []byte{opcode, detail}
	b = binary.LittleEndian.AppendUint16(b, uint16(1+len(words)))
	for _, w := range words {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	_, err := o.conn.Write(b)
	return err
}

// read returns the next event, or the reply to the last request with what
// belongs to it.
func (o *onlooker) read() (head, rest []byte, err error) {
	head = make([]byte, 32)
	if _, err := io.ReadFull(o.conn, head); err != nil {
		return nil, nil, err
	}
	switch head[0] & 0x7f {
	case 0:
		return nil, nil, fmt.Errorf("the server reports error %d", head[1])
	case 1:
		rest = make([]byte, 4*int(binary.LittleEndian.Uint32(head[4:])))
		_, err = io.ReadFull(o.conn, rest)
	case x11MapNotify:
		o.mapped = append(o.mapped, binary.LittleEndian.Uint32(head[8:]))
	}
	return head, rest, err
}

// window waits for a window to appear.
func (o *onlooker) window() (id uint32, err error) {
	for len(o.mapped) == 0 {
		if _, _, err := o.read(); err != nil {
			return 0, err
		}
	}
	id, o.mapped = o.mapped[0], o.mapped[1:]
	return id, nil
}

// reply waits for the answer to the last request.
func (o *onlooker) reply() (head, rest []byte, err error) {
	for {
		head, rest, err = o.read()
		if err != nil || head[0] == 1 {
			return head, rest, err
		}
	}
}

// picture is a part of the screen, and whether anything but black is on it.
func (o *onlooker) picture(width, height uint32) (pixels []byte, drawn bool, err error) {
	if err := o.send(x11GetImage, x11ZPixmap, o.root, 0, height<<16|width, 0xffffffff); err != nil {
		return nil, false, err
	}
	_, pixels, err = o.reply()
	const seen = 0x00ffffff
	for p := pixels; len(p) >= 4 && !drawn; p = p[4:] {
		drawn = binary.LittleEndian.Uint32(p)&seen != 0
	}
	return pixels, drawn, err
}

// close asks a window to close, as the cross in its corner does.
func (o *onlooker) close(window uint32) error {
	protocols, err := o.atom("WM_PROTOCOLS")
	if err != nil {
		return err
	}
	deletion, err := o.atom("WM_DELETE_WINDOW")
	if err != nil {
		return err
	}
	const words = 32 << 8 // the message is made of numbers of 32 bits
	return o.send(x11SendEvent, 0, window, 0, x11ClientMessage|words, window, protocols, deletion, 0, 0, 0, 0)
}

// closed waits until a window has left the screen.
func (o *onlooker) closed(window uint32) error {
	if err := o.conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	for {
		head, _, err := o.read()
		if err != nil {
			return err
		}
		if head[0]&0x7f == x11UnmapNotify && binary.LittleEndian.Uint32(head[8:]) == window {
			return nil
		}
	}
}

// watchDrawing asks the server to say whenever something is drawn.
func (o *onlooker) watchDrawing() error {
	head, err := o.named(x11QueryExtension, "DAMAGE")
	if err != nil {
		return err
	}
	present, opcode := head[8] == 1, head[9]
	if !present {
		return errors.New("the server has no DAMAGE extension")
	}
	o.drawn = head[10]
	if err := o.send(opcode, damageQueryVersion, 1, 1); err != nil {
		return err
	}
	if _, _, err := o.reply(); err != nil {
		return err
	}
	return o.send(opcode, damageCreate, o.id, o.root, damageRawRectangles)
}

// awaitDrawing waits until something is drawn. It returns false when time is up;
// the connection cannot be read any more then.
func (o *onlooker) awaitDrawing(until time.Time) (bool, error) {
	if err := o.conn.SetReadDeadline(until); err != nil {
		return false, err
	}
	for {
		head, _, err := o.read()
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return false, nil
		case err != nil:
			return false, err
		case head[0]&0x7f == o.drawn:
			return true, o.conn.SetReadDeadline(time.Time{})
		}
	}
}

func (o *onlooker) atom(name string) (uint32, error) {
	head, err := o.named(x11InternAtom, name)
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint32(head[8:]), nil
}

// named sends a request about a name and waits for the reply.
func (o *onlooker) named(opcode byte, name string) (head []byte, err error) {
	words := []uint32{uint32(len(name))}
	for b := []byte(name + "\x00\x00\x00")[:(len(name)+3)/4*4]; len(b) > 0; b = b[4:] {
		words = append(words, binary.LittleEndian.Uint32(b))
	}
	if err := o.send(opcode, 0, words...); err != nil {
		return nil, err
	}
	head, _, err = o.reply()
	return head, err
}
