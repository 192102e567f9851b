package ledgertest

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"rentbell/core"
)

// ReadRows reads the payments of a file as other programs do.
func ReadRows(t testing.TB, f core.Format, file []byte) (rows [][]string) {
	t.Helper()
	switch f {
	case core.FormatOFX, core.FormatQBO:
		for _, paid := range ReadOFX(t, string(file)).Transactions {
			rows = append(rows, []string{paid["DTPOSTED"], paid["NAME"], paid["MEMO"], paid["FITID"], paid["TRNAMT"]})
		}
		return rows
	case core.FormatXLSX:
		book, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if rows, err = book.GetRows("Payments"); err != nil {
			t.Fatal(err)
		}
	default:
		var err error
		if rows, err = csv.NewReader(strings.NewReader(strings.TrimPrefix(string(file), core.ByteOrderMark))).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	return rows[1:]
}

// Statement is what a reader of OFX finds.
type Statement struct {
	Leaves       map[string]string // outside of transactions
	Transactions []map[string]string
}

// ReadOFX reads a file as a plain reader of SGML does and checks its form: the header's
// lines, ASCII without control characters, tags that close, leaves that do not, and the
// limits of names and memos.
func ReadOFX(t testing.TB, file string) Statement {
	t.Helper()
	const head = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n" +
		"COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
	body, found := strings.CutPrefix(file, head)
	if !found || !strings.HasSuffix(body, "</OFX>\r\n") || !regexp.MustCompile(`^([ -~]+\r\n)+$`).MatchString(body) {
		t.Fatalf("no OFX 1.0.2:\n%q", file)
	}
	escapes := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&") // those of OFX 1.0.2
	closed := map[string]bool{}
	for _, tag := range regexp.MustCompile(`</([A-Z0-9.]+)>`).FindAllStringSubmatch(body, -1) {
		closed[tag[1]] = true
	}
	s := Statement{Leaves: map[string]string{}}
	var open []string
	for _, tag := range regexp.MustCompile(`<(/?)([A-Z0-9.]+)>([^<]*)`).FindAllStringSubmatch(body, -1) {
		name, text := tag[2], strings.TrimSuffix(tag[3], "\r\n")
		switch {
		case tag[1] != "":
			if len(open) == 0 || open[len(open)-1] != name || text != "" {
				t.Fatalf("</%s> closes %v, and then %q", name, open, text)
			}
			open = open[:len(open)-1]
		case closed[name]:
			open = append(open, name)
			if name == "STMTTRN" {
				s.Transactions = append(s.Transactions, map[string]string{})
			}
		case text == "" || strings.TrimSpace(text) != text || strings.Contains(text, "\n"):
			t.Errorf("<%s> is %q", name, text)
		case slices.Contains(open, "STMTTRN"):
			s.Transactions[len(s.Transactions)-1][name] = escapes.Replace(text)
		default:
			s.Leaves[name] = escapes.Replace(text)
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v stay open", open)
	}
	checkTransactions(t, s.Transactions)
	return s
}

func checkTransactions(t testing.TB, transactions []map[string]string) {
	t.Helper()
	forms := map[string]*regexp.Regexp{
		"TRNTYPE": regexp.MustCompile(`^(DEP|DEBIT)$`), "DTPOSTED": regexp.MustCompile(`^\d{8}120000\[0:GMT\]$`),
		"TRNAMT": regexp.MustCompile(`^-?\d+\.\d\d$`), "FITID": regexp.MustCompile(`^RB[0-9A-HJKMNP-TV-Z]{20}$`),
		"NAME": regexp.MustCompile(`^.{1,32}$`), "MEMO": regexp.MustCompile(`^.{0,255}$`),
	}
	seen := map[string]bool{}
	for _, paid := range transactions {
		for leaf, form := range forms {
			if !form.MatchString(paid[leaf]) {
				t.Errorf("%s is %q", leaf, paid[leaf])
			}
		}
		if seen[paid["FITID"]] {
			t.Errorf("%s comes twice", paid["FITID"])
		}
		seen[paid["FITID"]] = true
	}
}
