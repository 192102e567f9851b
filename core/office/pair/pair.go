// Package pair brings a new desk and the receiver of an office together by a code that a
// person carries. Over TLS 1.3 with a certificate that nobody has signed, each side proves
// that it knows the code, bound to this very connection by its exporter (RFC 8446, 7.5):
// whoever stands between two connections has two exporters, and neither proof fits. Then
// the desk keeps the receiver's key (the pin), and the receiver the desk's.
//
// The desk proves first, so a stranger who answers in the receiver's place learns a proof
// and no code: to find it takes 2^50 guesses of a tenth of a second each, and the code
// counts for ten minutes. A stranger who asks the receiver has five guesses.
package pair

import (
	"bufio"
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/nats-io/nkeys"

	"rentbell/core/office"
)

const (
	// talk bounds a whole conversation, scrypt on both sides included.
	talk       = 10 * time.Second
	maxMessage = 4 << 10 // bytes
	exporter   = "EXPORTER-rentbell-office-pairing"
	exported   = 32
)

// What each side's proof begins with, so that neither can be sent back as the other's.
const (
	byDesk     = "rentbell desk\x00"
	byReceiver = "rentbell receiver\x00"
)

// greeting is the receiver's first line.
type greeting struct {
	Salt    []byte `json:"salt,omitempty"`
	Refused string `json:"refused,omitempty"`
}

// application is the desk's line.
type application struct {
	Name  string `json:"name"`
	Key   string `json:"key"` // public nkey
	Proof []byte `json:"proof"`
}

// answer is the receiver's last line.
type answer struct {
	Name    string `json:"name,omitempty"`
	Proof   []byte `json:"proof,omitempty"`
	Refused string `json:"refused,omitempty"`
	Left    int    `json:"left,omitempty"` // tries
}

// How a refusal is spelt.
const (
	refusedCode = "code"
	refusedUsed = "used"
)

// Joined is what a desk keeps of the office that it has joined.
type Joined struct {
	Pin  [sha256.Size]byte // of the receiver's public key
	Name string            // what the desk is called there
}

// Join has a desk admitted by the receiver at an address, under its public nkey. The error
// is *office.WrongCode, office.ErrCodeUsed, or wraps office.ErrUnreachable or office.ErrStranger.
func Join(ctx context.Context, address string, code office.Code, name, key string) (Joined, error) {
	ctx, cancel := context.WithTimeout(ctx, talk)
	defer cancel()
	dialer := tls.Dialer{Config: &tls.Config{
		MinVersion: tls.VersionTLS13, NextProtos: []string{office.ProtocolPair},
		InsecureSkipVerify: true, // the proofs are what counts
	}}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return Joined{}, fmt.Errorf("%w: %w", office.ErrUnreachable, err)
	}
	defer func() { _ = conn.Close() }() // the answer is there, or is not
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	joined, err := join(conn.(*tls.Conn), code, name, key)
	if err != nil && ctx.Err() != nil {
		return Joined{}, fmt.Errorf("%w: %w", office.ErrUnreachable, ctx.Err())
	}
	return joined, err
}

func join(conn *tls.Conn, code office.Code, name, key string) (Joined, error) {
	state := conn.ConnectionState()
	if state.NegotiatedProtocol != office.ProtocolPair || len(state.PeerCertificates) == 0 {
		return Joined{}, fmt.Errorf("%w: it speaks another protocol", office.ErrStranger)
	}
	in := bufio.NewReaderSize(io.LimitReader(conn, 2*maxMessage), maxMessage)
	var hello greeting
	if err := receive(in, &hello); err != nil {
		return Joined{}, err
	}
	if hello.Refused != "" {
		return Joined{}, refusal(hello.Refused, 0)
	}
	v := verifier(code.Verifier(hello.Salt))
	bound, err := binding(conn)
	if err != nil {
		return Joined{}, err
	}
	if err := send(conn, application{name, key, v.proof(byDesk, bound, name, key)}); err != nil {
		return Joined{}, err
	}
	var last answer
	if err := receive(in, &last); err != nil {
		return Joined{}, err
	}
	switch {
	case last.Refused != "":
		return Joined{}, refusal(last.Refused, last.Left)
	case !hmac.Equal(last.Proof, v.proof(byReceiver, bound, last.Name, key)):
		return Joined{}, fmt.Errorf("%w: it does not know the code", office.ErrStranger)
	}
	return Joined{Pin: office.PinOf(state.PeerCertificates[0]), Name: last.Name}, nil
}

// refusal is the error that the receiver's word stands for.
func refusal(word string, left int) error {
	if word == refusedCode {
		return &office.WrongCode{Left: left}
	}
	return office.ErrCodeUsed
}

// Admitter is the receiver's list of desks; office.Roster is one.
type Admitter interface {
	Salt(now time.Time) ([]byte, error)
	Admit(ctx context.Context, now time.Time, d office.Desk, proven func(office.Verifier) bool) (admitted office.Desk, left int, err error)
}

// Serve answers one desk that wants to join, and closes the connection. admitted is called
// before the desk hears that it has joined. The error is for the log: it holds neither
// code nor proof.
func Serve(ctx context.Context, conn *tls.Conn, list Admitter, now func() time.Time, admitted func(office.Desk) error) error {
	defer func() { _ = conn.Close() }() // the answer is sent, or is not
	if err := conn.SetDeadline(time.Now().Add(talk)); err != nil {
		return fmt.Errorf("bound a pairing: %w", err)
	}
	salt, err := list.Salt(now())
	if err != nil {
		return errors.Join(fmt.Errorf("a desk wants to join: %w", err), send(conn, greeting{Refused: refusedUsed}))
	}
	if err := send(conn, greeting{Salt: salt}); err != nil {
		return err
	}
	var asks application
	if err := receive(bufio.NewReaderSize(io.LimitReader(conn, maxMessage), maxMessage), &asks); err != nil {
		return err
	}
	bound, err := binding(conn)
	if err != nil {
		return err
	}
	if !nkeys.IsValidPublicUserKey(asks.Key) {
		return errors.New("a desk wants to join without a key")
	}
	return admit(ctx, conn, list, now(), asks, bound, admitted)
}

func admit(ctx context.Context, conn net.Conn, list Admitter, now time.Time, asks application, bound []byte, admitted func(office.Desk) error) error {
	var v verifier
	d, left, err := list.Admit(ctx, now, office.Desk{Name: asks.Name, Key: asks.Key}, func(kept office.Verifier) bool {
		v = verifier(kept)
		return hmac.Equal(asks.Proof, v.proof(byDesk, bound, asks.Name, asks.Key))
	})
	switch {
	case errors.Is(err, office.ErrCode):
		return errors.Join(fmt.Errorf("a desk wants to join: %w", err), send(conn, answer{Refused: refusedCode, Left: left}))
	case errors.Is(err, office.ErrCodeUsed):
		return errors.Join(fmt.Errorf("a desk wants to join: %w", err), send(conn, answer{Refused: refusedUsed}))
	case err != nil:
		return err
	}
	if err := admitted(d); err != nil {
		return err
	}
	return send(conn, answer{Name: d.Name, Proof: v.proof(byReceiver, bound, d.Name, asks.Key)})
}

// binding is what both ends of one TLS connection know, and no third.
func binding(conn *tls.Conn) ([]byte, error) {
	state := conn.ConnectionState()
	bound, err := state.ExportKeyingMaterial(exporter, nil, exported)
	if err != nil {
		return nil, fmt.Errorf("bind a pairing to its connection: %w", err)
	}
	return bound, nil
}

// verifier proves what both sides know.
type verifier office.Verifier

// proof is bound to the side that gives it, to the connection, and to what is agreed on.
func (v verifier) proof(by string, bound []byte, name, key string) []byte {
	mac := hmac.New(sha256.New, v.Key)
	for _, part := range [][]byte{[]byte(by), bound, []byte(key), []byte(name)} {
		_, _ = fmt.Fprintf(mac, "%d:", len(part)) // a hash returns no error
		_, _ = mac.Write(part)                    // as above
	}
	return mac.Sum(nil)
}

// send writes a message as a line.
func send(w io.Writer, message any) error {
	line, err := json.Marshal(message)
	if err != nil {
		return fmt.Errorf("write a pairing's message: %w", err)
	}
	if _, err := w.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("send a pairing's message: %w", err)
	}
	return nil
}

// receive reads a message of one line. office.ErrStranger when it is none.
func receive(in *bufio.Reader, message any) error {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return fmt.Errorf("%w: %w", office.ErrStranger, err)
	}
	if err := json.Unmarshal(bytes.TrimSpace(line), message); err != nil {
		return fmt.Errorf("%w: it speaks another protocol", office.ErrStranger)
	}
	return nil
}
