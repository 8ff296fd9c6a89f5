package seed

import (
	"slices"
	"strings"

	"github.com/agentscaler/scaler/internal/words"
)

// What a schema tells the seeder by a name alone.

// Log is the table of effects that leave the tables: messages sent, jobs run.
const Log = "activity_log"

// Ledger is where a row keeps its ledger.
const Ledger = "payments"

// Switched begins the description of a column that is switched: half of the
// rows have it on.
const Switched = "Whether the "

// storesValue are words of what holds money of its own.
var storesValue = words.Set("gift voucher certificate wallet prepaid points credits balance")

// HoldsMoney says whether a kind of payment holds money of its own.
func HoldsMoney(kind string) bool {
	return slices.ContainsFunc(strings.Split(kind, "_"), func(w string) bool { return storesValue[w] })
}

// owed are the names of columns that say what of a total is not paid yet.
var owed = words.Set("balance_due outstanding_balance amount_owed balance_owed open_balance amount_outstanding outstanding_amount")

// Owed says whether a column says by its name what of a total is not paid yet.
func Owed(column string) bool { return owed[words.Snake(column)] }
