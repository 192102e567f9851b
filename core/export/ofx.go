package export

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// Statement is what the formats ofx and qbo need besides a period.
type Statement struct {
	Account core.StatementAccount
	IntuBID uint // of qbo; 0: DefaultIntuBID

	first, last core.Date // the period that it says it is of
}

// DefaultIntuBID is the bank that a qbo file names: Wells Fargo. QuickBooks refuses a file
// whose bank is not on Intuit's list.
const DefaultIntuBID = 3000

// errNoAccount: a statement needs an account.
var errNoAccount = errors.New("there is no account that the statement is of")

// errNothingNew: without a payment there are no days that a statement could be of.
var errNothingNew = fmt.Errorf("%w: nothing is new", core.ErrPeriod)

// settled returns a checked query that a file can be made of. A statement needs an account
// and a period: of what is new, the days of the first row and the last. Without a row there
// is none, which is ErrPeriod.
func (q Query) settled(ctx context.Context, r Payments) (Query, error) {
	q.first, q.last = q.From, q.To
	switch {
	case !q.layout().account:
		return q, nil
	case !q.Account.Valid():
		return q, errNoAccount
	case q.AfterSeq == 0 && !q.always():
		return q, nil
	}
	q.first, q.last = core.Date{}, core.Date{}
	_, err := q.each(ctx, r, func(row *row) error {
		if q.first.IsZero() {
			q.first = row.at.day
		}
		q.last = row.at.day
		return nil
	})
	if err == nil && q.first.IsZero() {
		err = errNothingNew
	}
	if err != nil {
		return q, fmt.Errorf("find the period of a statement: %w", err)
	}
	return q, nil
}

// ofx is a bank statement in OFX 1.0.2 (https://financialdataexchange.org/ofx), which is
// SGML: leaves have no closing tag. Importers know a payment again by bank, account and
// FITID, so to import it a second time changes nothing.
func ofx() layout {
	return layout{
		noZeros: true, arrival: true, account: true, read: readStatement,
		begin: func(q Query) page { return newStatement(q, 0) },
	}
}

// qbo is QuickBooks' Web Connect: the same with the number of a bank.
func qbo() layout {
	l := ofx()
	l.begin = func(q Query) page { return newStatement(q, cmp.Or(q.IntuBID, DefaultIntuBID)) }
	return l
}

// Limits of OFX 1.0.2, in characters before they are escaped.
const (
	longestName = 32
	longestMemo = 255
)

// crockford are the digits of Crockford's base 32, https://www.crockford.com/base32.html.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// statement is a page of OFX. Rows of one moment wait until the next one, because in the
// file they are in order of their ids.
type statement struct {
	account  core.StatementAccount
	bid      uint // 0: none
	from, to core.Date
	digits   *base32.Encoding

	moment    time.Time
	waiting   []transaction // of that moment
	written   []byte        // what the waiting are in the file
	text      []byte        // while it is put together
	reference []byte
}

// transaction is a part of what is written.
type transaction struct {
	id         string
	begin, end int
}

func newStatement(q Query, bid uint) *statement {
	return &statement{
		account: q.Account, bid: bid, from: q.first, to: q.last,
		digits: base32.NewEncoding(crockford).WithPadding(base32.NoPadding),
	}
}

// head opens the statement. Its time is the end of the period, not the time of the
// export, so that the same payments make the same file.
func (s *statement) head(b []byte) []byte {
	b = appendLines(b, "OFXHEADER:100", "DATA:OFXSGML", "VERSION:102", "SECURITY:NONE", "ENCODING:USASCII",
		"CHARSET:1252", "COMPRESSION:NONE", "OLDFILEUID:NONE", "NEWFILEUID:NONE", "",
		"<OFX>", "<SIGNONMSGSRSV1>", "<SONRS>", "<STATUS>", "<CODE>0", "<SEVERITY>INFO", "</STATUS>")
	b = appendDay(b, "<DTSERVER>", s.to.String())
	b = appendLines(b, "<LANGUAGE>ENG", "<FI>", "<ORG>Rentbell", "<FID>"+s.account.Bank, "</FI>")
	if s.bid > 0 {
		b = appendLines(b, "<INTU.BID>"+strconv.FormatUint(uint64(s.bid), 10))
	}
	b = appendLines(b, "</SONRS>", "</SIGNONMSGSRSV1>",
		"<BANKMSGSRSV1>", "<STMTTRNRS>", "<TRNUID>0", "<STATUS>", "<CODE>0", "<SEVERITY>INFO", "</STATUS>",
		"<STMTRS>", "<CURDEF>USD",
		"<BANKACCTFROM>", "<BANKID>"+s.account.Bank, "<ACCTID>"+s.account.Number, "<ACCTTYPE>CHECKING", "</BANKACCTFROM>",
		"<BANKTRANLIST>")
	b = appendDay(b, "<DTSTART>", s.from.String())
	return appendDay(b, "<DTEND>", s.to.String())
}

func (s *statement) row(b []byte, r *row) []byte {
	if !r.At.Equal(s.moment) {
		b = s.release(b)
		s.moment = r.At
	}
	begin := len(s.written)
	s.add(r)
	s.waiting = append(s.waiting, transaction{r.ID, begin, len(s.written)})
	return b
}

// release appends what waits, in order of ids.
func (s *statement) release(b []byte) []byte {
	slices.SortFunc(s.waiting, func(t, u transaction) int { return strings.Compare(t.id, u.id) })
	for _, t := range s.waiting {
		b = append(b, s.written[t.begin:t.end]...)
	}
	s.waiting, s.written = s.waiting[:0], s.written[:0]
	return b
}

// add writes a payment.
func (s *statement) add(r *row) {
	kind := "<TRNTYPE>DEP"
	if r.Amount < 0 {
		kind = "<TRNTYPE>DEBIT"
	}
	b := appendLines(s.written, "<STMTTRN>", kind)
	b = appendDay(b, "<DTPOSTED>", r.at.yearFirst)
	b = append(r.Amount.AppendDecimal(append(b, "<TRNAMT>"...)), "\r\n"...)
	b = append(s.appendID(append(b, "<FITID>"...), r.ID), "\r\n"...)
	b = appendText(b, "<NAME>", s.name(&r.Payment))
	if memo := s.memo(&r.Payment); len(memo) > 0 {
		b = appendText(b, "<MEMO>", memo)
	}
	s.written = appendLines(b, "</STMTTRN>")
}

func (s *statement) foot(w io.Writer) error {
	b := appendLines(s.release(nil), "</BANKTRANLIST>", "<LEDGERBAL>", "<BALAMT>0.00")
	b = appendDay(b, "<DTASOF>", s.to.String())
	b = appendLines(b, "</LEDGERBAL>", "</STMTRS>", "</STMTTRNRS>", "</BANKMSGSRSV1>", "</OFX>")
	_, err := w.Write(b)
	return err
}

// appendID appends the FITID of an event: 100 bits of its hash. Nothing else of a payment
// goes into it, because names and amounts may be corrected later.
func (s *statement) appendID(b []byte, event string) []byte {
	const bytes, characters = 15, 20 // more than that many bits
	s.text = append(s.text[:0], event...)
	hash := sha256.Sum256(s.text)
	b = s.digits.AppendEncode(append(b, "RB"...), hash[:bytes])
	return b[:len(b)-s.digits.EncodedLen(bytes)+characters]
}

// name is the tenant, or the lease where no name can be read in ASCII. It is never empty.
func (s *statement) name(p *core.Payment) []byte {
	s.text = cutASCII(appendASCII(s.text[:0], p.Tenant), longestName)
	if isLegible(s.text) {
		return s.text
	}
	if core.OneLine(p.Lease) == "" {
		return append(s.text[:0], "Unknown payer"...)
	}
	return cutASCII(appendASCII(append(s.text[:0], "Lease "...), p.Lease), longestName)
}

// memo is the method, the place and the reference, as far as they are known. The
// reference outlives a cut, because it tells money orders apart; of a long one its end
// does.
func (s *statement) memo(p *core.Payment) []byte {
	s.reference = appendASCII(s.reference[:0], p.Reference)
	reference := s.reference[max(0, len(s.reference)-longestReference):]
	s.text = appendASCII(s.text[:0], p.Method)
	s.text = appendPart(s.text, ", ", p.Property)
	between := " "
	if core.OneLine(p.Property) == "" {
		between = ", "
	}
	s.text = appendPart(s.text, between, p.Unit)
	switch {
	case len(reference) == 0:
		return cutASCII(s.text, longestMemo)
	case len(s.text) == 0:
		return reference
	}
	s.text = append(cutASCII(s.text, longestMemo-len(", ")-len(reference)), ", "...)
	return append(s.text, reference...)
}

// appendPart goes on in a text, if there is something to say.
func appendPart(b []byte, between, text string) []byte {
	if core.OneLine(text) == "" {
		return b
	}
	if len(b) > 0 {
		b = append(b, between...)
	}
	return appendASCII(b, text)
}

func cutASCII(b []byte, longest int) []byte {
	if len(b) <= longest {
		return b
	}
	return bytes.TrimRight(b[:longest], " ,")
}

func appendLines(b []byte, lines ...string) []byte {
	for _, line := range lines {
		b = append(append(b, line...), "\r\n"...)
	}
	return b
}

// appendDay appends noon of a day like 2026-06-18. Importers that reckon in their own
// time zone find the same day in nearly all of them.
func appendDay(b []byte, tag, day string) []byte {
	b = append(b, tag...)
	for i := range len(day) {
		if day[i] != '-' {
			b = append(b, day[i])
		}
	}
	return append(b, "120000[0:GMT]\r\n"...)
}

// appendText appends a text and escapes what SGML would take for tags.
func appendText(b []byte, tag string, text []byte) []byte {
	b = append(b, tag...)
	for _, c := range text {
		switch c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		default:
			b = append(b, c)
		}
	}
	return append(b, "\r\n"...)
}

// readStatement returns the transactions of a statement, one leaf a line as statement writes
// them.
func readStatement(file []byte) ([][]string, error) {
	tags := []string{"DTPOSTED", "NAME", "MEMO", "FITID", "TRNAMT"}
	records, plain := [][]string{tags}, strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
	for line := range strings.SplitSeq(string(file), "\r\n") {
		if line == "<STMTTRN>" {
			records = append(records, make([]string, len(tags)))
		}
		tag, text, _ := strings.Cut(strings.TrimPrefix(line, "<"), ">")
		if i := slices.Index(tags, tag); i >= 0 {
			records[len(records)-1][i] = plain.Replace(text)
		}
	}
	return records, nil
}
