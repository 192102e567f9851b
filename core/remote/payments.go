package remote

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"rentbell/core"
	"rentbell/core/export"
)

// Payments cross the socket in the batches that Skim hands out. Each is its length
// in bytes, four of them, big-endian, and its payments one after the other. An
// empty batch is the end mark, so that no part passes for the whole. Numbers are
// varints of encoding/binary, texts are their length and their bytes: encoding/gob
// and encoding/json take longer for a payment than the store and the export do.

// textsOf are the texts of a payment in the order in which they cross.
func textsOf(p *core.Skimmed) [11]*string {
	return [...]*string{
		&p.Tenant, &p.Property, &p.Unit, &p.Lease, &p.Method, &p.Memo, &p.Reference,
		&p.ID, &p.Type, (*string)(&p.Attention.Reason), &p.Attention.Field,
	}
}

func appendPayment(b []byte, p *core.Skimmed) []byte {
	b = binary.AppendUvarint(b, p.Seq)
	b = appendTime(b, p.At)
	b = appendTime(b, p.ReceivedAt)
	b = binary.AppendVarint(b, int64(p.Amount))
	known := byte(0)
	if p.AmountKnown {
		known = 1
	}
	b = append(b, known)
	for _, text := range textsOf(p) {
		b = binary.AppendUvarint(b, uint64(len(*text)))
		b = append(b, *text...)
	}
	return b
}

func appendTime(b []byte, t time.Time) []byte {
	return binary.AppendUvarint(binary.AppendVarint(b, t.Unix()), uint64(t.Nanosecond()))
}

// batchReader reads the payments of a batch. What is damaged reads as zero, and
// sets damaged.
type batchReader struct {
	left    []byte
	texts   string // ends as left does; what is cut out of it needs no copy
	damaged bool
}

func (r *batchReader) payment() (p core.Skimmed) {
	p.Seq = r.uvarint()
	p.At = r.time()
	p.ReceivedAt = r.time()
	p.Amount = core.Cents(r.varint())
	p.AmountKnown = r.uvarint() == 1
	for _, text := range textsOf(&p) {
		*text = r.text()
	}
	return p
}

func (r *batchReader) uvarint() uint64 {
	n, size := binary.Uvarint(r.left)
	r.skip(size)
	return n
}

func (r *batchReader) varint() int64 {
	n, size := binary.Varint(r.left)
	r.skip(size)
	return n
}

// skip leaves a number behind; of one that is damaged, encoding/binary says that
// its size is not positive.
func (r *batchReader) skip(size int) {
	if size <= 0 {
		r.damaged, r.left = true, nil
		return
	}
	r.left = r.left[size:]
}

func (r *batchReader) time() time.Time {
	seconds := r.varint()
	return time.Unix(seconds, int64(r.uvarint()%1e9)).UTC()
}

func (r *batchReader) text() string {
	size := r.uvarint()
	if size > uint64(len(r.left)) {
		r.damaged, r.left = true, nil
		return ""
	}
	begin := len(r.texts) - len(r.left)
	r.left = r.left[size:]
	return r.texts[begin : begin+int(size)]
}

// paymentsQuery asks for the payments of q, with the names as they were after so many
// changes; nil: with those in force.
func paymentsQuery(q core.Query, renames *uint64) string {
	asked := url.Values{
		"from": {strconv.FormatInt(q.From.Unix(), 10)}, "to": {strconv.FormatInt(q.To.Unix(), 10)},
		"whole": {strconv.FormatBool(q.Whole)},
	}
	if renames != nil {
		asked.Set("renames", strconv.FormatUint(*renames, 10))
	}
	return asked.Encode()
}

// readPaymentsQuery reads what paymentsQuery has written.
func readPaymentsQuery(asked url.Values) (core.Query, error) {
	from, err := strconv.ParseInt(asked.Get("from"), 10, 64)
	if err != nil {
		return core.Query{}, fmt.Errorf("read from: %w", err)
	}
	to, err := strconv.ParseInt(asked.Get("to"), 10, 64)
	if err != nil {
		return core.Query{}, fmt.Errorf("read to: %w", err)
	}
	whole, err := strconv.ParseBool(asked.Get("whole"))
	if err != nil {
		return core.Query{}, fmt.Errorf("read whole: %w", err)
	}
	return core.Query{From: time.Unix(from, 0), To: time.Unix(to, 0), Whole: whole}, nil
}

func (c Server) payments(w http.ResponseWriter, r *http.Request) {
	q, err := readPaymentsQuery(r.URL.Query())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	reader, err := c.named(r.URL.Query().Get("renames"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	c.stream(w, r, func(out io.Writer) error { return writePayments(r.Context(), out, reader, q) })
}

// named reads payments with the names as they were after so many changes; empty: with
// those in force.
func (c Server) named(renames string) (export.Payments, error) {
	if renames == "" || c.Exports == nil {
		return c.Reader, nil
	}
	n, err := strconv.ParseUint(renames, 10, 64)
	if err != nil {
		return nil, fmt.Errorf("read renames: %w", err)
	}
	return c.Exports.AsOf(n)
}

// writePayments writes the payments of q and the end mark.
func writePayments(ctx context.Context, w io.Writer, r export.Payments, q core.Query) error {
	buffered := bufio.NewWriterSize(w, answerBuffer)
	var batch []byte
	err := r.Skim(ctx, q, func(payments []core.Skimmed) error {
		if len(payments) == 0 {
			return nil // would be the end mark
		}
		batch = append(batch[:0], 0, 0, 0, 0)
		for i := range payments {
			batch = appendPayment(batch, &payments[i])
		}
		binary.BigEndian.PutUint32(batch, uint32(len(batch)-4))
		_, err := buffered.Write(batch)
		return err
	})
	if err != nil {
		return fmt.Errorf("read payments: %w", err)
	}
	if _, err := buffered.Write([]byte{0, 0, 0, 0}); err != nil {
		return err
	}
	return buffered.Flush()
}

// Skim calls fn with the payments that the other process reads, with the names that
// are in force there, as Reader.Skim does. Of q it sends From, To and Whole; both
// times must be given.
func (r *Client) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	return r.skim(ctx, q, nil, fn)
}

func (r *Client) skim(ctx context.Context, q core.Query, renames *uint64, fn func([]core.Skimmed) error) error {
	answer, err := r.open(ctx, http.MethodGet, "payments?"+paymentsQuery(q, renames), nil)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Close() }() // it was only read
	if err := readPayments(answer, fn); err != nil {
		return fmt.Errorf("copy payments: %w", err)
	}
	return nil
}

// errBatch: what crossed the socket is not what writePayments writes.
var errBatch = errors.New("a batch of payments is damaged")

// readPayments reads up to the end mark. Without one the error is
// io.ErrUnexpectedEOF.
func readPayments(r io.Reader, fn func([]core.Skimmed) error) error {
	buffered := bufio.NewReaderSize(r, answerBuffer)
	var batch bytes.Buffer
	var payments []core.Skimmed
	for {
		if err := readBatch(buffered, &batch); err != nil || batch.Len() == 0 {
			return err
		}
		payments = payments[:0]
		in := batchReader{left: batch.Bytes(), texts: batch.String()}
		for len(in.left) > 0 {
			payments = append(payments, in.payment())
		}
		if in.damaged {
			return errBatch
		}
		if err := fn(payments); err != nil {
			return err
		}
	}
}

// readBatch reads the bytes of the next batch.
func readBatch(r io.Reader, batch *bytes.Buffer) error {
	batch.Reset()
	var size [4]byte
	_, err := io.ReadFull(r, size[:])
	if err == nil {
		_, err = io.CopyN(batch, r, int64(binary.BigEndian.Uint32(size[:])))
	}
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
