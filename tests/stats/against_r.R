# What against_r computed, computed again by R's own functions. TAP on stdout.
#
#     against_r 250 | Rscript against_r.R
#
# R's fisher.test looks for the odds ratio and its interval by uniroot, to about 1e-4. So
# those are checked by what they are to solve: in the hypergeometric distribution with our
# odds ratio the mean is the count, with our ends the tails are 0.025.

input <- file("stdin")
lines <- readLines(input)
close(input)
worst <- list()
count <- list()

near <- function(what, ours, theirs, tolerance = 1e-9) {
    ours <- as.numeric(ours)
    theirs <- as.numeric(theirs)
    same <- (is.nan(ours) & is.nan(theirs)) | (is.infinite(ours) & ours == theirs) |
        abs(ours - theirs) <= tolerance * pmax(abs(theirs), 1e-290 / tolerance)
    same[is.na(same)] <- FALSE
    key <- what
    count[[key]] <<- c(count[[key]], same)
    if (!all(same)) worst[[key]] <<- c(worst[[key]], sprintf("%.12g for %.12g", ours[!same],
                                                           theirs[!same])[1])
}

# Mean, upper and lower tail of the noncentral hypergeometric distribution.
solved <- function(m, odds) {
    r1 <- sum(m[1, ])
    c1 <- sum(m[, 1])
    x <- max(0, r1 + c1 - sum(m)):min(r1, c1)
    d <- dhyper(x, c1, sum(m) - c1, r1, log = TRUE) + x * log(odds)
    d <- exp(d - max(d))
    d <- d / sum(d)
    c(sum(x * d), sum(d[x >= m[1, 1]]), sum(d[x <= m[1, 1]]))
}

g2 <- function(m) {
    e <- outer(rowSums(m), colSums(m)) / sum(m)
    2 * sum(ifelse(m > 0, m * log(m / e), 0))
}

for (line in lines) {
    part <- strsplit(line, " ")[[1]]
    v <- suppressWarnings(as.numeric(part[-1]))
    if (part[1] == "table") {
        m <- matrix(v[1:4], 2, byrow = TRUE)
        f <- fisher.test(m)
        near("fisher two-sided", v[5], f$p.value, 1e-8)
        near("fisher greater", v[6], fisher.test(m, alternative = "greater")$p.value, 1e-8)
        if (v[7] > 0 && is.finite(v[7])) {
            near("fisher odds ratio", solved(m, v[7])[1], m[1, 1], 1e-9)
            near("fisher odds ratio beside R's", v[7], f$estimate, 1e-2)
        }
        if (v[8] > 0 && is.finite(v[8]))
            near("fisher interval, low", solved(m, v[8])[2], 0.025, 1e-7)
        if (is.finite(v[9]) && v[9] > 0)
            near("fisher interval, high", solved(m, v[9])[3], 0.025, 1e-7)
        if (all(rowSums(m) > 0) && all(colSums(m) > 0)) {
            chi <- suppressWarnings(chisq.test(m, correct = FALSE))
            yates <- suppressWarnings(chisq.test(m, correct = TRUE))
            near("x2", v[10] + 1, chi$statistic + 1)
            near("x2 of Yates", v[11] + 1, yates$statistic + 1)
            near("phi", v[13] + 2, cor(rep(c(1, 1, 0, 0), v[1:4]), rep(c(1, 0, 1, 0), v[1:4])) + 2)
        }
        near("g2", v[12] + 1, g2(m) + 1)
    } else if (part[1] == "wilson") {
        w <- suppressWarnings(prop.test(v[1], v[2], correct = FALSE))$conf.int
        near("wilson", v[3:4] + 1, w + 1)
    } else if (part[1] == "tails") {
        near("t tail", v[5], 2 * pt(-abs(v[1]), v[2]), 1e-8)
        near("chi-square tail", v[6], pchisq(v[3], v[4], lower.tail = FALSE))
        near("t quantile", v[7], qt(0.975, v[2]), 1e-7)
    } else if (part[1] == "adjust") {
        k <- v[1]
        p <- v[2:(k + 1)]
        near("BH", v[(k + 2):(2 * k + 1)], p.adjust(p, "BH"), 1e-12)
        near("BY", v[(2 * k + 2):(3 * k + 1)], p.adjust(p, "BY"), 1e-12)
        near("Holm", v[(3 * k + 2):(4 * k + 1)], p.adjust(p, "holm"), 1e-12)
    } else if (part[1] == "share") {
        g <- v[1]
        x <- v[seq(2, 2 * g, 2)]
        n <- v[seq(3, 2 * g + 1, 2)]
        share <- sum(x) / sum(n)
        if (share <= 0 || share >= 1) next
        # linearised by writer, with Kish's effective number of writers
        deviation <- x - share * n
        effective <- sum(n)^2 / sum(n^2)
        se <- sqrt(effective / (effective - 1) * sum(deviation^2)) / sum(n)
        reach <- qt(0.975, effective - 1) * se
        logit <- plogis(qlogis(share) + c(-1, 1) * reach / (share * (1 - share)))
        near("share by writer", v[(2 * g + 2):(2 * g + 3)], logit, 1e-7)
        # the same share as a mean of values from -2 to 3
        p <- (share + 2) / 5
        scaled <- plogis(qlogis(p) + c(-1, 1) * reach / 5 / (p * (1 - p)))
        near("mean by writer", v[(2 * g + 4):(2 * g + 5)], 5 * scaled - 2, 1e-7)
    } else if (part[1] == "alpha") {
        # pair by pair, from the definition; a unit with one rating has no pair
        m <- matrix(v[3:(2 + v[1] * v[2])], v[1], byrow = TRUE)
        m[m < 0] <- NA
        m <- m[, colSums(!is.na(m)) > 1, drop = FALSE]
        values <- m[!is.na(m)]
        ranks <- function(x, y) {
            lo <- min(x, y)
            hi <- max(x, y)
            sum(values >= lo & values <= hi) - (sum(values == lo) + sum(values == hi)) / 2
        }
        distances <- list(function(x, y) x != y, function(x, y) (x != y) * ranks(x, y)^2,
                          function(x, y) (x - y)^2, function(x, y) ((x - y) / (x + y))^2)
        for (k in 1:4) {
            pairs <- function(x)
                sum(outer(x, x, Vectorize(distances[[k]]))) # with itself: 0
            within <- 0
            for (u in seq_len(ncol(m))) {
                x <- m[!is.na(m[, u]), u]
                within <- within + pairs(x) / (length(x) - 1)
            }
            n <- length(values)
            alpha <- if (n == 0 || length(unique(values)) < 2) NaN else
                1 - (n - 1) * within / pairs(values)
            near("Krippendorff's alpha with gaps", v[2 + v[1] * v[2] + k] + 2, alpha + 2)
        }
    } else if (part[1] == "jackknife") {
        g <- v[1]
        m <- matrix(v[2:(4 * g + 1)], ncol = 4, byrow = TRUE)
        size <- m[, 1] + (m[, 2] + m[, 3]) / 2
        effective <- sum(size)^2 / sum(size^2)
        f1 <- function(s) 2 * s[1] / (2 * s[1] + s[2] + s[3])
        kappa <- function(s) {
            n <- sum(s)
            chance <- ((s[1] + s[2]) * (s[1] + s[3]) + (s[4] + s[2]) * (s[4] + s[3])) / n^2
            ((s[1] + s[4]) / n - chance) / (1 - chance)
        }
        told <- v[(4 * g + 2):(4 * g + 5)]
        for (k in 1:2) {
            value <- list(f1, kappa)[[k]]
            all <- value(colSums(m))
            left <- sapply(seq_len(g), function(i) value(colSums(m[-i, , drop = FALSE])))
            p <- if (k == 1) all else (all + 1) / 2
            se <- sqrt((g - 1) / g * sum((left - mean(left))^2)) / k
            if (anyNA(left) || effective <= 2 * k || se < 1e-8) next
            # Wilson's ends: where (p - x)^2 = t^2 x (1 - x) / n
            a <- qt(0.975, effective - 1)^2 * se^2 / (p * (1 - p))
            ends <- sort(Re(polyroot(c(p^2, -2 * p - a, 1 + a))))
            near(c("F1, writers left out", "kappa, writers left out")[k],
                 told[2 * k - 1:0] + 2, (if (k == 1) ends else 2 * ends - 1) + 2, 1e-7)
        }
    } else if (part[1] == "rates") {
        at <- 1
        side <- list()
        for (group in 1:2) {
            g <- v[at]
            x <- v[at + seq(1, 2 * g, 2)]
            n <- v[at + seq(2, 2 * g, 2)]
            at <- at + 2 * g + 1
            rate <- sum(x) / sum(n)
            effective <- sum(n)^2 / sum(n^2)
            side[[group]] <- c(rate, effective / (effective - 1) * sum((x - rate * n)^2) /
                                   sum(n)^2, effective - 1)
        }
        # a difference of logs, or of log odds, with Welch's degrees of freedom
        difference <- function(scale, slope) {
            value <- scale(side[[1]][1]) - scale(side[[2]][1])
            e <- sapply(side, function(s) s[2] * slope(s[1])^2)
            df <- sum(e)^2 / sum(e^2 / sapply(side, function(s) s[3]))
            c(value + c(0, -1, 1) * qt(0.975, df) * sqrt(sum(e)),
              2 * pt(-abs(value) / sqrt(sum(e)), df))
        }
        logs <- difference(log, function(p) 1 / p)
        near("log ratio by writer", v[at:(at + 2)] + 1, logs[1:3] / log(2) + 1, 1e-7)
        near("p of a log ratio", v[at + 3], logs[4], 1e-6)
        odds <- difference(qlogis, function(p) 1 / (p * (1 - p)))
        near("odds ratio by writer", v[(at + 4):(at + 6)], exp(odds[1:3]), 1e-7)
    } else if (part[1] == "within") {
        at <- 2
        texts <- NULL
        for (w in seq_len(v[1])) {
            n <- v[at]
            texts <- rbind(texts, cbind(w, matrix(v[at + seq_len(4 * n)], ncol = 4,
                                                  byrow = TRUE)))
            at <- at + 4 * n + 1
        }
        d <- as.data.frame(texts)
        names(d) <- c("writer", "label", "feeling", "theme", "period")
        d$writer <- factor(d$writer)
        near("difference within writers", v[at],
             coef(lm(feeling ~ label + writer, d))["label"], 1e-9)
        # the permutation distribution of the sum over labelled texts, writer by writer
        by <- sapply(split(d, d$writer), function(s) {
            n1 <- sum(s$label)
            c(sum(s$feeling[s$label == 1]) - n1 * mean(s$feeling),
              n1 * (nrow(s) - n1) / nrow(s) * var(s$feeling))
        })
        told <- function(ours, writers, theirs, what) # below 8 who can tell: no test
            near(what, ours, if (writers < 8) NaN else theirs, 1e-8)
        told(v[at + 1], sum(by[2, ] > 0), 2 * pnorm(-abs(sum(by[1, ])) / sqrt(sum(by[2, ]))),
             "p of a mean within writers")
        strata <- table(d$label, d$theme, d$writer)
        use <- apply(strata, 3, function(m) all(rowSums(m) > 0) && all(colSums(m) > 0))
        told(v[at + 2], sum(use), mantelhaen.test(strata[, , use], correct = FALSE)$p.value,
             "Mantel and Haenszel")
        near("trend within writers", v[at + 3] + 1,
             coef(lm(theme ~ period + writer, d))["period"] + 1, 1e-9)
        d$after <- as.integer(d$period >= v[at + 5])
        near("change within writers", v[at + 4] + 1,
             coef(lm(theme ~ after + writer, d))["after"] + 1, 1e-9)
    }
}
number <- 0
for (key in names(count)) {
    number <- number + 1
    good <- all(count[[key]])
    cat(sprintf("%s %d - %s: %d values as R's\n", if (good) "ok" else "not ok", number, key,
                length(count[[key]])))
    if (!good) cat("#", sum(!count[[key]]), "differ, first", worst[[key]][1], "\n")
}
cat(sprintf("1..%d\n", number))
